import { describe, expect, test } from '@jest/globals'
import { isCondition, nodesOf, type Rule } from '../../rules/rule.ts'
import { cornersOf } from '../../ui/canvas/flow/lineGeometry.ts'
import { lineWidth } from '../../ui/canvas/flow/lineWidth.ts'
import { foldToFit, groupsOf } from '../../ui/canvas/layout/groups.ts'
import { layoutRule } from '../../ui/canvas/layout/layoutRule.ts'
import { COMPACT, ROOMY } from '../../ui/canvas/layout/metrics.ts'
import type { RuleFlow, RuleNode } from '../../ui/canvas/layout/ruleFlow.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from './randomRule.ts'

const attended = { fact: 'last_booking', states: ['attended'], is: 'set' }
const lately = { fact: 'last_booking', states: ['attended'], is: 'within_last', value: { days: 14 } }
const member = { fact: 'membership', is: 'valid_uncancelled' }

const place = (flow: RuleFlow, id: string): RuleNode => {
  const node = flow.nodes.find((one) => one.id === id)
  if (!node) throw new Error(`no ${id} among ${flow.nodes.map((one) => one.id).join(', ')}`)
  return node
}
const below = (flow: RuleFlow, lower: string, upper: string): boolean =>
  place(flow, lower).y >= place(flow, upper).y + place(flow, upper).height

/** Frames stand behind what is in them, and the sign of a frame stands on its border. */
const solid = (flow: RuleFlow): RuleNode[] => flow.nodes.filter((node) => node.kind !== 'frame')

function overlaps(flow: RuleFlow): string[] {
  const found: string[] = []
  const nodes = solid(flow)
  for (const [index, a] of nodes.entries()) {
    for (const b of nodes.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      if (!apart) found.push(`${a.id} over ${b.id}`)
    }
  }
  return found
}

function linesOverCards(flow: RuleFlow): string[] {
  const found: string[] = []
  for (const line of flow.lines) {
    const source = place(flow, line.source)
    const target = place(flow, line.target)
    const points = cornersOf(
      line.shape,
      { x: source.x + source.width / 2, y: source.y + source.height },
      { x: target.x + target.width / 2, y: target.y },
    )
    for (const [index, point] of points.entries()) {
      const next = points[index + 1] ?? point
      // Long straight parts are sampled every 8 pixels.
      const steps = Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / 8))
      for (let step = 0; step < steps; step++) {
        const x = point.x + ((next.x - point.x) * step) / steps
        const y = point.y + ((next.y - point.y) * step) / steps
        for (const node of solid(flow)) {
          const inside = x > node.x && x < node.x + node.width && y > node.y + 0.5 && y < node.y + node.height - 0.5
          if (inside) found.push(`${line.id} over ${node.id}`)
        }
      }
    }
  }
  return found
}

describe('a rule is laid out', () => {
  test('conditions one under another, between all customers and the segment', () => {
    const flow = layoutRule({ all: [attended, { not: lately }] }, { metrics: ROOMY })
    expect(flow.nodes.map((node) => node.id)).toEqual(['start:', 'condition:/all/0', 'condition:/all/1', 'result:'])
    expect(below(flow, 'condition:/all/0', 'start:')).toBe(true)
    expect(below(flow, 'condition:/all/1', 'condition:/all/0')).toBe(true)
    expect(below(flow, 'result:', 'condition:/all/1')).toBe(true)
    const axes = flow.nodes.map((node) => node.x + node.width / 2)
    expect(new Set(axes)).toEqual(new Set([0]))
  })

  test('ways of an any side by side in the order of the rule, with the join under the longest', () => {
    const rule: Rule = { any: [{ all: [attended, lately, member] }, member, { not: lately }] }
    const flow = layoutRule(rule, { metrics: ROOMY })
    const [first, second, third] = ['condition:/any/0/all/0', 'condition:/any/1', 'condition:/any/2'].map((id) =>
      place(flow, id),
    )
    expect(first?.y).toBe(second?.y)
    expect(second?.y).toBe(third?.y)
    expect(first && second && third && first.x < second.x && second.x < third.x).toBe(true)
    expect(below(flow, 'join:', 'condition:/any/0/all/2')).toBe(true)
  })

  test('every line says who is on it', () => {
    const rule: Rule = { all: [attended, { any: [member, { not: lately }] }] }
    const flow = layoutRule(rule, { metrics: ROOMY })
    const counts = Object.fromEntries(flow.lines.map(({ id, count }) => [id, `${count.of} ${count.path}`]))
    expect(counts).toEqual({
      'start:>condition:/all/0': 'in ',
      'condition:/all/0>fork:/all/1': 'yes /all/0',
      'fork:/all/1>condition:/all/1/any/0': 'in /all/1/any/0',
      'condition:/all/1/any/0>join:/all/1': 'yes /all/1/any/0',
      'fork:/all/1>condition:/all/1/any/1': 'in /all/1/any/1',
      'condition:/all/1/any/1>join:/all/1': 'yes /all/1/any/1',
      'join:/all/1>result:': 'yes /all/1',
    })
  })

  test('an inverted group stands in a frame, inside of which its flow ends', () => {
    const rule: Rule = { not: { all: [attended, member] } }
    const flow = layoutRule(rule, { metrics: ROOMY })
    const frame = place(flow, 'frame:')
    for (const id of ['condition:/not/all/0', 'condition:/not/all/1', 'aside:']) {
      const node = place(flow, id)
      expect(node.x).toBeGreaterThan(frame.x)
      expect(node.x + node.width).toBeLessThan(frame.x + frame.width)
      expect(node.y).toBeGreaterThan(frame.y)
      expect(node.y + node.height).toBeLessThan(frame.y + frame.height)
    }
    expect(flow.lines.map((line) => line.id)).toContain('frame:>result:')
    expect(flow.lines.map((line) => line.id)).not.toContain('aside:>result:')
  })

  test('groups without parts have a card of their own', () => {
    for (const rule of [{ all: [] }, { any: [] }, { any: [{ all: [] }, member] }, { not: { any: [] } }] as Rule[]) {
      const flow = layoutRule(rule, { metrics: ROOMY })
      expect(flow.nodes.filter((node) => node.kind === 'empty')).toHaveLength(1)
      expect(overlaps(flow)).toEqual([])
    }
  })

  test('a collapsed group is one card, and what follows moves up', () => {
    const rule: Rule = { all: [{ any: [attended, lately, member] }, member] }
    const open = layoutRule(rule, { metrics: ROOMY })
    const flow = layoutRule(rule, { metrics: ROOMY, collapsed: new Set(['/all/0']) })
    expect(flow.nodes.map((node) => node.id)).toEqual(['start:', 'folded:/all/0', 'condition:/all/1', 'result:'])
    expect(flow.height).toBeLessThan(open.height)
    expect(groupsOf(rule)).toEqual(['/all/0'])
  })

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('a large rule is folded to 40 cards, seed %i', (seed) => {
    const rule = randomRule(randomFrom(seed), 200)
    const folded = foldToFit(rule, 40)
    const flow = layoutRule(rule, { metrics: ROOMY, collapsed: new Set(folded) })
    const cards = flow.nodes.filter((node) => node.kind === 'condition' || node.kind === 'folded')
    expect(cards.length).toBeLessThanOrEqual(40)
    expect(cards.length).toBeGreaterThan(1)
    for (const path of folded) expect(groupsOf(rule)).toContain(path)
    expect(foldToFit({ all: [attended, { any: [lately, member] }] }, 40)).toEqual([])
  })

  test('a rule of eight conditions fits a canvas of 744 pixels with text of 11 pixels', () => {
    const rule: Rule = { all: Array.from({ length: 8 }, () => attended) }
    expect(layoutRule(rule, { metrics: COMPACT }).height).toBeLessThanOrEqual(842)
  })

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('without overlaps, seed %i', (seed) => {
    const random = randomFrom(seed)
    const rule = randomRule(random, random.int(1, 24))
    const linesOf = () => 1 + (seed % 2)
    const options = { metrics: seed % 3 === 0 ? COMPACT : ROOMY, linesOf }
    const flow = layoutRule(rule, options)
    const conditions = nodesOf(rule).filter((node) => isCondition(node.rule)).length
    expect(overlaps(flow)).toEqual([])
    expect(linesOverCards(flow)).toEqual([])
    expect(layoutRule(structuredClone(rule), options)).toEqual(flow)
    expect(flow.nodes.filter((node) => node.kind === 'condition')).toHaveLength(conditions)
    for (const node of flow.nodes) {
      expect(node.x).toBeGreaterThanOrEqual(flow.left - 0.001)
      expect(node.x + node.width).toBeLessThanOrEqual(flow.left + flow.width + 0.001)
    }
    expect(new Set(flow.nodes.map((node) => node.id)).size).toBe(flow.nodes.length)
    expect(new Set(flow.lines.map((line) => line.id)).size).toBe(flow.lines.length)
    const paths = new Set(nodesOf(rule).map((node) => node.path))
    for (const line of flow.lines) expect(paths).toContain(line.count.path)
  })

  test('200 conditions are laid out in less than 50 ms', () => {
    const rule = randomRule(randomFrom(200), 200)
    const times = Array.from({ length: 8 }, () => {
      const start = performance.now()
      layoutRule(rule, { metrics: ROOMY })
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(50)
  })
})

test('lines grow with the logarithm of those on them, and never beyond the line of everybody', () => {
  const widths = [0, 1, 10, 100, 1000, 3012, 9999].map((count) => lineWidth(count, 3012))
  expect(widths.toSorted((a, b) => a - b)).toEqual(widths)
  expect(widths[0]).toBe(1)
  expect(widths.at(-1)).toBe(lineWidth(3012, 3012))
  expect(lineWidth(5, 0)).toBe(1)
})
