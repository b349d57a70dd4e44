import type { Flows } from '../../api/contract/segmentHistory.ts'

export type Flow = Flows['flows'][number]
export type Place = Flow['start']

/** One side of the picture: a segment (or none of them) with everybody who was in it, and where its bar lies. */
export type SankeyNode = { place: Place; customers: number; y: number; height: number }

/** The customers who went from one place to another: the `d` of a filled path, and how thick it is. */
export type SankeyBand = { flow: Flow; path: string; thickness: number; stays: boolean }

export type Sankey = { height: number; starts: SankeyNode[]; ends: SankeyNode[]; bands: SankeyBand[] }

export const BAR = 10
/** Every node has room for two lines of words, however few are in it. */
const ROOM = 44
const GAP = 12
const HEIGHT = 300

/**
 * Lays out flows as bands between two columns of bars, each as thick as the number of its customers. Places stand in
 * the order of the segments with “in none” last, so that who stays goes straight.
 *
 * @param width of the space between the left edges of the two columns
 */
export function layoutSankey({ segments, flows }: Pick<Flows, 'segments' | 'flows'>, width: number): Sankey {
  const places: Place[] = [...segments.map(({ id }) => id), null]
  const total = flows.reduce((sum, { customers }) => sum + customers, 0)
  const scale = total === 0 ? 0 : HEIGHT / total
  const column = (side: 'start' | 'end') => {
    let y = 0
    return places.flatMap((place): SankeyNode[] => {
      const customers = flows.reduce((sum, flow) => sum + (flow[side] === place ? flow.customers : 0), 0)
      if (customers === 0) return []
      const node = { place, customers, y, height: Math.max(2, customers * scale) }
      y += Math.max(ROOM, node.height) + GAP
      return [node]
    })
  }
  const [starts, ends] = [column('start'), column('end')]
  return { height: Math.max(foot(starts), foot(ends)), starts, ends, bands: bandsOf(flows, starts, ends, scale, width) }
}

const foot = (nodes: readonly SankeyNode[]): number => {
  const last = nodes.at(-1)
  return last === undefined ? 0 : last.y + Math.max(ROOM, last.height)
}

/** Bands leave a bar in the order of where they go, and arrive in that of where they come from: fewest crossings. */
function bandsOf(
  flows: readonly Flow[],
  starts: readonly SankeyNode[],
  ends: readonly SankeyNode[],
  scale: number,
  width: number,
): SankeyBand[] {
  const left = new Map(starts.map(({ place, y }) => [place, y]))
  const right = new Map(ends.map(({ place, y }) => [place, y]))
  const takeFrom = (side: Map<Place, number>, place: Place, thickness: number): number => {
    const y = side.get(place) ?? 0
    side.set(place, y + thickness)
    return y
  }
  return flows.map((flow) => {
    const thickness = flow.customers * scale
    const from = takeFrom(left, flow.start, thickness)
    const to = takeFrom(right, flow.end, thickness)
    // so that one customer among thousands can still be seen and clicked
    const shown = Math.max(1.5, thickness)
    return { flow, path: band(from, to, shown, width), thickness: shown, stays: flow.start === flow.end }
  })
}

function band(from: number, to: number, thickness: number, width: number): string {
  const [begin, end, middle] = [BAR, width, (BAR + width) / 2]
  const points = [from, to, to + thickness, from + thickness].map((y) => Math.round(y * 10) / 10)
  const [a, b, c, d] = points
  return `M${begin} ${a}C${middle} ${a} ${middle} ${b} ${end} ${b}V${c}C${middle} ${c} ${middle} ${d} ${begin} ${d}Z`
}

/** Whether two flows are the same one. */
export const isSameFlow = (one: Pick<Flow, 'start' | 'end'>, other: Pick<Flow, 'start' | 'end'>): boolean =>
  one.start === other.start && one.end === other.end
