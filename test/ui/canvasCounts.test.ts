import { describe, expect, test } from '@jest/globals'
import { childrenOf, isAll, isAny, isNot, nodesOf, type Path, type Rule } from '../../rules/rule.ts'
import { layoutRule } from '../../ui/canvas/layout/layoutRule.ts'
import { ROOMY } from '../../ui/canvas/layout/metrics.ts'
import { countAt, countsOf, shareAt, surplusOf } from '../../ui/canvas/rule/counts.ts'
import { customerWay, isCounted } from '../../ui/canvas/rule/customerWay.ts'
import { problemsByCard } from '../../ui/canvas/rule/problems.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from './randomRule.ts'

type Holds = (path: Path, customer: number) => boolean

/** What the server answers to a preview, reckoned naively for some customers. */
function previewOf(rule: Rule, customers: readonly number[], holds: Holds) {
  const nodes: Array<{ path: Path; in: number; yes: number; no: number }> = []
  function pass(node: Rule, path: Path, arriving: readonly number[]): number[] {
    const entry = { path, in: arriving.length, yes: 0, no: 0 }
    nodes.push(entry)
    const children = childrenOf(node, path)
    let passing: number[]
    if (isAll(node))
      passing = children.reduce<number[]>((left, child) => pass(child.rule, child.path, left), [...arriving])
    else if (isAny(node)) {
      const some = new Set(children.flatMap((child) => pass(child.rule, child.path, arriving)))
      passing = arriving.filter((customer) => some.has(customer))
    } else if (isNot(node)) {
      const out = new Set(children.flatMap((child) => pass(child.rule, child.path, arriving)))
      passing = arriving.filter((customer) => !out.has(customer))
    } else passing = arriving.filter((customer) => holds(path, customer))
    entry.yes = passing.length
    entry.no = arriving.length - passing.length
    return passing
  }
  const count = pass(rule, '', customers).length
  return { count, as_of: '2026-11-25T10:00:00Z', nodes, sample: [], estimated: false }
}

const customers = Array.from({ length: 60 }, (_, index) => index)
const byChance =
  (seed: number): Holds =>
  (path, customer) =>
    randomFrom(
      seed * 7919 + customer * 104729 + [...path].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
    ).chance(0.6)

describe('the numbers on the canvas', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))('add up from the start to the result, seed %i', (seed) => {
    const rule = randomRule(randomFrom(seed), 10)
    const preview = previewOf(rule, customers, byChance(seed))
    const counts = countsOf(preview, false)
    const flow = layoutRule(rule, { metrics: ROOMY })
    const on = (id: string, side: 'source' | 'target') =>
      flow.lines.filter((line) => line[side] === id).map((line) => countAt(counts, line.count) ?? Number.NaN)

    expect(on('start:', 'source')).toEqual([customers.length])
    expect(on('result:', 'target')).toEqual([preview.count])
    for (const node of flow.nodes) {
      const [into] = on(node.id, 'target')
      const [outOf] = on(node.id, 'source')
      const no = countAt(counts, { path: node.path, of: 'no' })
      // in − out = next: who comes in and is not turned aside goes on
      if (node.kind === 'condition' || node.kind === 'empty') expect(Number(into) - Number(no)).toBe(outOf)
      // everybody goes down every way
      if (node.kind === 'fork') for (const way of on(node.id, 'source')) expect(way).toBe(into)
      if (node.kind === 'join') {
        const ways = childrenOf(ruleAtPath(rule, node.path), node.path).map((way) => way.path)
        const sum = on(node.id, 'target').reduce((all, one) => all + one, 0)
        expect(sum - Number(surplusOf(counts, node.path, ways))).toBe(outOf)
      }
      if (node.kind === 'frame') expect(outOf).toBe(countAt(counts, { path: node.path, of: 'yes' }))
      if (node.kind === 'aside') expect(into).toBe(no)
    }
  })

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('count whose ways lead there, seed %i', (seed) => {
    const rule = randomRule(randomFrom(seed), 10)
    const holds = byChance(seed)
    const counts = countsOf(previewOf(rule, customers, holds), false)
    const ways = customers.map((customer) =>
      customerWay(rule, new Map(nodesOf(rule).map(({ path }) => [path, holds(path, customer)]))),
    )
    for (const { count } of layoutRule(rule, { metrics: ROOMY }).lines) {
      expect(ways.filter((way) => isCounted(way, count))).toHaveLength(countAt(counts, count) ?? Number.NaN)
    }
  })

  test('are unknown, not zero, before there are any', () => {
    const counts = { nodes: new Map(), stale: true }
    expect(countAt(counts, { path: '', of: 'in' })).toBeUndefined()
    expect(shareAt(counts, '')).toBeUndefined()
    expect(surplusOf(counts, '', ['/any/0'])).toBeUndefined()
  })

  test('have a share of 0 where nobody arrives', () => {
    const nodes = new Map([['', { in: 0, yes: 0, no: 0 }]])
    expect(shareAt({ nodes, stale: false }, '')).toBe(0)
  })
})

const ruleAtPath = (rule: Rule, path: Path): Rule => nodesOf(rule).find((node) => node.path === path)?.rule ?? rule

test('a customer’s way ends at the first condition that does not hold', () => {
  const condition = { fact: 'membership', is: 'valid' }
  const rule: Rule = { all: [condition, condition, { any: [condition, condition] }] }
  const way = customerWay(rule, new Map([['/all/0', true]]))
  expect([...way.reached]).toEqual(['', '/all/0', '/all/1'])
  expect([...way.passed]).toEqual(['/all/0'])
  expect(isCounted(way, { path: '/all/1', of: 'in' })).toBe(true)
  expect(isCounted(way, { path: '/all/1', of: 'no' })).toBe(true)
  expect(isCounted(way, { path: '/all/2', of: 'no' })).toBe(false)
})

test('a mistake stands on the card with the longest path that leads to it', () => {
  const mistakes = [
    { path: '/all/1/value/days', message: 'days' },
    { path: '/all/10', message: 'ten' },
    { path: '/all/0/not/fact', message: 'fact' },
    { path: '/elsewhere', message: 'whole' },
  ]
  const found = problemsByCard(mistakes, ['', '/all/0', '/all/1', '/all/10'])
  expect(Object.fromEntries(found)).toEqual({
    '/all/1': ['days'],
    '/all/10': ['ten'],
    '/all/0': ['fact'],
    '': ['whole'],
  })
})
