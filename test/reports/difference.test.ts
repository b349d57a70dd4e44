import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { newcombe, type Share, verdictOn, wilson } from '../../domain/reports/difference.ts'

const Z = 1.959963984540054
const share = fc
  .integer({ min: 1, max: 3_000 })
  .chain((of) => fc.record({ did: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))

/** Where a share of a population begins to make the sample unusual, found by halving: the definition and no formula. */
function naiveWilson({ did, of }: Share): { low: number; high: number } {
  const p = did / of
  const isUsual = (q: number) => Math.abs(p - q) <= Z * Math.sqrt((q * (1 - q)) / of) + 1e-15
  const border = (usual: number, end: number) => {
    if (isUsual(end)) return end
    let [inside, outside] = [usual, end]
    for (let step = 0; step < 200; step++) {
      const middle = (inside + outside) / 2
      if (isUsual(middle)) inside = middle
      else outside = middle
    }
    return inside
  }
  return { low: border(p, 0), high: border(p, 1) }
}

test('Wilson’s interval holds the shares that make the sample nothing unusual', () => {
  fc.assert(
    fc.property(share, (one) => {
      const [fast, slow] = [wilson(one), naiveWilson(one)]
      expect(fast.low).toBeCloseTo(slow.low, 9)
      expect(fast.high).toBeCloseTo(slow.high, 9)
    }),
    { numRuns: 500 },
  )
})

test('Newcombe’s interval holds the difference, is its own mirror image, and no wider than a share can be', () => {
  fc.assert(
    fc.property(share, share, (one, other) => {
      const there = newcombe(one, other)
      const back = newcombe(other, one)
      expect(there.low).toBeLessThanOrEqual(there.difference)
      expect(there.high).toBeGreaterThanOrEqual(there.difference)
      expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12)
      expect(there.high).toBeLessThanOrEqual(1 + 1e-12)
      expect([back.difference, back.low, back.high].map((value) => -value)).toEqual(
        [there.difference, there.high, there.low].map((value) => expect.closeTo(value, 12)),
      )
      const naive = { one: naiveWilson(one), other: naiveWilson(other) }
      const [p1, p2] = [one.did / one.of, other.did / other.of]
      expect(there.low).toBeCloseTo(p1 - p2 - Math.sqrt((p1 - naive.one.low) ** 2 + (naive.other.high - p2) ** 2), 8)
      expect(there.high).toBeCloseTo(p1 - p2 + Math.sqrt((naive.one.high - p1) ** 2 + (p2 - naive.other.low) ** 2), 8)
    }),
    { numRuns: 500 },
  )
})

// the examples of the paper’s table II, method 10
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 10, 0.6075, 1],
])('%i/%i − %i/%i', (did, of, otherDid, otherOf, low, high) => {
  const found = newcombe({ did, of }, { did: otherDid, of: otherOf })
  expect(found.low).toBeCloseTo(low, 3)
  expect(found.high).toBeCloseTo(high, 3)
})

test('in a population whose shares differ by nothing, about one of twenty intervals misses that', () => {
  // a fixed stream of draws: this is arithmetic, not luck
  let seed = 5
  const draw = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const sample = (of: number): Share => {
    let did = 0
    for (let index = 0; index < of; index++) if (draw() < 0.12) did++
    return { did, of }
  }
  const misses = Array.from({ length: 1_000 }, () => newcombe(sample(300), sample(150))).filter(
    ({ low, high }) => low > 0 || high < 0,
  )
  expect(misses.length).toBeGreaterThan(20)
  expect(misses.length).toBeLessThan(80)
})

describe('what can be said', () => {
  test.each([
    [{ did: 30, of: 49 }, { did: 10, of: 500 }, 'too_few'],
    [{ did: 2, of: 500 }, { did: 1, of: 500 }, 'too_few'],
    [{ did: 500, of: 500 }, { did: 480, of: 500 }, 'too_few'],
    [{ did: 0, of: 0 }, { did: 0, of: 0 }, 'too_few'],
    [{ did: 50, of: 500 }, { did: 52, of: 500 }, 'none_seen'],
    [{ did: 100, of: 500 }, { did: 50, of: 500 }, 'more'],
    [{ did: 50, of: 500 }, { did: 100, of: 500 }, 'fewer'],
    [{ did: 60, of: 5_000 }, { did: 0, of: 500 }, 'more'],
  ] as const)('%j beside %j: %s', (one, other, verdict) => expect(verdictOn(one, other)).toBe(verdict))
})
