import { describe, expect, test } from '@jest/globals'
import type { Rule } from '../../rules/rule.ts'
import { fieldsOf, withField, withOperator } from '../../ui/canvas/edit/fieldKinds.ts'
import { neighbourOf } from '../../ui/canvas/flow/neighbour.ts'
import { isReadable, openingView, READABLE_ZOOM } from '../../ui/canvas/flow/openingView.ts'
import { layoutRule } from '../../ui/canvas/layout/layoutRule.ts'
import { ROOMY } from '../../ui/canvas/layout/metrics.ts'

const condition = { fact: 'membership', is: 'valid' }
const rule: Rule = {
  all: [condition, { any: [condition, { all: [condition, condition] }] }, { not: { all: [condition] } }],
}

describe('arrow keys', () => {
  const flow = layoutRule(rule, { metrics: ROOMY })
  const reachable = new Set(flow.nodes.filter((node) => node.kind !== 'frame').map((node) => node.id))
  const go = (id: string, direction: 'up' | 'down' | 'left' | 'right') => neighbourOf(flow, reachable, id, direction)

  test('lead along the lines and to the card beside', () => {
    expect(go('start:', 'down')).toBe('condition:/all/0')
    expect(go('condition:/all/0', 'down')).toBe('fork:/all/1')
    expect(go('fork:/all/1', 'down')).toBe('condition:/all/1/any/0')
    expect(go('condition:/all/1/any/0', 'right')).toBe('condition:/all/1/any/1/all/0')
    expect(go('condition:/all/1/any/1/all/0', 'left')).toBe('condition:/all/1/any/0')
    expect(go('condition:/all/1/any/0', 'down')).toBe('join:/all/1')
    expect(go('condition:/all/1/any/1/all/0', 'up')).toBe('fork:/all/1')
    expect(go('start:', 'up')).toBeUndefined()
    expect(go('result:', 'down')).toBeUndefined()
  })

  test('reach every card from the first one, and lead through an inverted group', () => {
    const seen = new Set(['start:'])
    const open = ['start:']
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const direction of ['down', 'left', 'right', 'up'] as const) {
        const next = go(id, direction)
        if (next === undefined || seen.has(next)) continue
        seen.add(next)
        open.push(next)
      }
    }
    expect([...seen].sort()).toEqual([...reachable].sort())
    expect(go('aside:/all/2', 'down')).toBe('result:')
    expect(go('result:', 'up')).toBe('aside:/all/2')
  })
})

describe('the opening view', () => {
  const room = { width: 784, height: 744 }

  test('shows all of it, in the middle, never larger than life', () => {
    expect(openingView({ width: 300, height: 400, left: -150 }, room)).toEqual({ x: 392, y: 40, zoom: 1 })
    const { zoom } = openingView({ width: 300, height: 800, left: -150 }, room)
    expect(zoom).toBeCloseTo(716 / 800)
  })

  test('stays readable, with the top in the middle, when not all fits', () => {
    const view = openingView({ width: 4000, height: 3000, left: -1500 }, room)
    expect(view.zoom).toBe(READABLE_ZOOM)
    expect(view.x).toBe(392)
    expect(view.y).toBe(14)
    expect(openingView({ width: 4000, height: 3000, left: -1500 }, room, 0).zoom).toBeCloseTo(756 / 4000)
  })

  test('text of 13 px is at least 11 px in it', () => {
    expect(13 * READABLE_ZOOM).toBeGreaterThan(11)
    expect(isReadable({ width: 800, height: 800 }, room)).toBe(true)
    expect(isReadable({ width: 800, height: 900 }, room)).toBe(false)
  })
})

describe('the fields of a condition', () => {
  const fact = {
    fact: 'last_booking',
    label: 'Last booking',
    group: 'bookings',
    parameters: [{ name: 'services', label: 'for service', input: 'texts', required: false }],
    operators: [
      { is: 'within_last', label: 'within the last', input: 'duration' },
      { is: 'more_than_ago', label: 'more than … ago', input: 'duration' },
      { is: 'before', label: 'before', input: 'day' },
      { is: 'set', label: 'there is one', input: null },
    ],
  }
  const lately = { fact: 'last_booking', is: 'within_last', value: { weeks: 2 }, services: ['yoga'] }

  test('are the value and the parameters that the catalogue declares', () => {
    expect(fieldsOf(fact, lately).map(({ name, input }) => [name, input])).toEqual([
      ['value', 'duration'],
      ['services', 'texts'],
    ])
    expect(fieldsOf(fact, { fact: 'last_booking', is: 'set' }).map(({ name }) => name)).toEqual(['services'])
  })

  test('another operator keeps the value where it is of the same kind', () => {
    expect(withOperator(fact, lately, 'more_than_ago', '2026-11-25')).toEqual({ ...lately, is: 'more_than_ago' })
    expect(withOperator(fact, lately, 'before', '2026-11-25')).toEqual({ ...lately, is: 'before', value: '2026-11-25' })
    expect(withOperator(fact, lately, 'set', '2026-11-25')).toEqual({
      fact: 'last_booking',
      is: 'set',
      services: ['yoga'],
    })
  })

  test('a parameter is taken away with undefined', () => {
    expect(withField(lately, 'services', undefined)).toEqual({
      fact: 'last_booking',
      is: 'within_last',
      value: { weeks: 2 },
    })
    expect(withField(lately, 'value', { days: 3 })).toEqual({ ...lately, value: { days: 3 } })
  })
})
