import { describe, expect, test } from '@jest/globals'
import { causesFrom, countAll, wayFrom } from '../../ui/history/causes.ts'
import { type ChartDay, dayAt, layoutChart } from '../../ui/history/chart.ts'
import { flowFrom, flowToSearch, pickedFrom } from '../../ui/history/flowSearch.ts'
import { lastDays, periodFrom, periodToSearch, presetOf } from '../../ui/history/period.ts'
import { BAR, layoutSankey } from '../../ui/history/sankey.ts'

const TODAY = '2026-11-25'

describe('a period', () => {
  test.each([
    [{}, { from: '2026-10-26', to: TODAY }],
    [{ from: '2026-11-01' }, { from: '2026-11-01', to: TODAY }],
    [
      { from: '2026-11-01', to: '2026-11-10' },
      { from: '2026-11-01', to: '2026-11-10' },
    ],
    [
      { from: '2026-11-20', to: '2026-11-10' },
      { from: '2026-10-11', to: '2026-11-10' },
    ],
    [
      { from: '2026-02-30', to: '2027-01-01' },
      { from: '2026-10-26', to: TODAY },
    ],
    [{ from: 'yesterday' }, { from: '2026-10-26', to: TODAY }],
  ])('asked for as %j is %j', (search, period) => {
    expect(periodFrom(search, TODAY)).toEqual(period)
  })

  test('up to today goes on tomorrow; one that has ended stays', () => {
    expect(periodToSearch(lastDays(7, TODAY), TODAY)).toEqual({ from: '2026-11-18', to: undefined })
    expect(periodToSearch({ from: '2026-11-01', to: '2026-11-02' }, TODAY).to).toBe('2026-11-02')
    expect(presetOf(lastDays(90, TODAY), TODAY)).toBe(90)
    expect(presetOf(lastDays(91, TODAY), TODAY)).toBeNull()
  })
})

describe('the chart', () => {
  const day = (members: number, entered = 0, left = 0, computed = 0): ChartDay => ({
    day: TODAY,
    members,
    entered: entered + computed,
    left,
    computed: { entered: computed, left: 0 },
  })

  test('has every day inside its box, higher for more members, each day under its own place', () => {
    const days = [day(500, 2, 0, 500), day(620, 9, 3), day(580, 0, 6)]
    const chart = layoutChart(days, 600, 250)
    for (const { x, y } of chart.points) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(600)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(chart.ground)
    }
    const [first, second, third] = chart.points
    expect([second?.y, third?.y, first?.y]).toEqual(chart.points.map(({ y }) => y).sort((a, b) => a - b))
    expect(chart.points.map(({ x }) => dayAt(x, chart, 3))).toEqual([0, 1, 2])
    expect([dayAt(-50, chart, 3), dayAt(9_000, chart, 3)]).toEqual([0, 2])
  })

  test('shows who moved as bars, not the hundreds of the first computation', () => {
    const { points } = layoutChart([day(500, 2, 0, 500), day(505, 8, 3)], 600, 250)
    expect(points[0]?.entered).toBeCloseTo((points[1]?.entered ?? 0) / 4)
    expect(points[1]?.left).toBeCloseTo(((points[1]?.entered ?? 0) * 3) / 8)
    expect(points[0]?.left).toBe(0)
  })

  test.each([[[0]], [[7]], [[7, 7, 7]], [[0, 1]], [[999_999, 1_000_001]]])(
    'of %j has whole numbers at its side',
    (values) => {
      const { scale, points } = layoutChart(
        values.map((value) => day(value)),
        400,
        250,
      )
      expect(scale.length).toBeGreaterThan(1)
      expect(scale.length).toBeLessThan(7)
      for (const { value } of scale) expect(Number.isInteger(value)).toBe(true)
      expect(points.every(({ y }) => Number.isFinite(y))).toBe(true)
    },
  )
})

describe('flows', () => {
  const segments = [
    { id: 'new', name: 'New' },
    { id: 'old', name: 'Old' },
  ]
  const flows = [
    { start: 'new', end: 'new', customers: 10 },
    { start: 'new', end: 'old', customers: 30 },
    { start: 'old', end: null, customers: 20 },
    { start: null, end: 'new', customers: 40 },
  ]

  test('fill the bars on both sides with as much as they stand for', () => {
    const { starts, ends, bands, height } = layoutSankey({ segments, flows }, 500)
    expect(starts.map(({ place, customers }) => [place, customers])).toEqual([
      ['new', 40],
      ['old', 20],
      [null, 40],
    ])
    expect(ends.map(({ place, customers }) => [place, customers])).toEqual([
      ['new', 50],
      ['old', 30],
      [null, 20],
    ])
    for (const side of [starts, ends]) {
      for (const [index, { y, height: bar }] of side.entries()) {
        expect(y + bar).toBeLessThanOrEqual(side[index + 1]?.y ?? height)
      }
    }
    const thick = new Map(bands.map(({ flow, thickness }) => [flow, thickness]))
    expect((thick.get(flows[0] ?? fail()) ?? 0) + (thick.get(flows[1] ?? fail()) ?? 0)).toBeCloseTo(
      starts[0]?.height ?? 0,
    )
    expect(bands.map(({ stays }) => stays)).toEqual([true, false, false, false])
    for (const { path } of bands) expect(path).toMatch(new RegExp(`^M${BAR} `))
  })

  test('of nobody are an empty picture', () => {
    expect(layoutSankey({ segments, flows: [] }, 500)).toMatchObject({ starts: [], ends: [], bands: [], height: 0 })
  })

  test('are found again by what the address says', () => {
    for (const flow of flows) expect(flowFrom(flowToSearch(flow), flows)).toBe(flow)
    expect(flowFrom({ start: 'new' }, flows)).toBeNull()
    expect(flowFrom({ start: 'old', end: 'new' }, flows)).toBeNull()
  })

  test('are between the picked segments that there are, in their order; the usual ones at first', () => {
    const there = [
      { id: 'slipping-away', scope: 'business' as const },
      { id: 'new-leads', scope: 'business' as const },
      { id: 'loyalty-top', scope: 'provider' as const },
    ]
    expect(pickedFrom({}, there)).toEqual(['new-leads', 'slipping-away'])
    expect(pickedFrom({ scope: 'provider' }, there)).toEqual(['loyalty-top'])
    expect(pickedFrom({ segments: 'slipping-away,gone,new-leads,new-leads,loyalty-top' }, there)).toEqual([
      'slipping-away',
      'new-leads',
    ])
    expect(pickedFrom({ segments: '-' }, there)).toEqual([])
  })
})

test('what the list of transitions is narrowed by is counted', () => {
  const sums = [
    { cause: 'time' as const, entered: 5, left: 3 },
    { cause: 'event' as const, entered: 1, left: 0 },
  ]
  expect(causesFrom('time,nonsense,event')).toEqual(['time', 'event'])
  expect([countAll(sums, null, []), countAll(sums, 'left', []), countAll(sums, 'entered', ['time'])]).toEqual([9, 3, 5])
  expect([wayFrom('left'), wayFrom('in'), wayFrom(undefined)]).toEqual(['left', null, null])
})

const fail = (): never => {
  throw new Error('There is no such flow')
}
