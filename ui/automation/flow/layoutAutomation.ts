import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { OUTERMOST, type Sequence } from '../../../rules/automations/edits/sequences.ts'
import { type Way, waysOf } from '../../../rules/automations/steps.ts'
import { type Block, idOf, single, stack } from '../../canvas/layout/block.ts'
import { forked } from '../../canvas/layout/forked.ts'
import type { Metrics } from '../../canvas/layout/metrics.ts'
import {
  type AutomationFlow,
  type AutomationNode,
  type AutomationNodeKind,
  type LineRef,
  stepCard,
  wayCard,
} from './automationFlow.ts'
import { spotOf } from './spots.ts'

export type AutomationLayout = {
  readonly metrics: Metrics
  /** How many lines the words on a card take, by the card's id. */
  readonly linesOf: (card: string) => number
  /** The steps whose ways are not drawn. */
  readonly folded: ReadonlySet<string>
  /** Whether cards stand for what there is nothing of yet: an exit condition, a goal. */
  readonly offers: boolean
}

type StepBlock = Block<AutomationNode, LineRef>

/** Over and under the words of a card: its air and the line of small print at its foot. */
const AROUND = 44
const LINE = 21
/** The head of a way: less of each. */
const WAY_AROUND = 18
const WAY_WIDTH = 204
const JOIN = 26
/** What stands at the sides of the first card leaves room for the tools over the canvas. */
const UNDER_TOOLS = 50

/**
 * Where everything of an automation stands: customers enter at the top and fall; ways stand side by side and come together
 * again under the longest. Only the tree decides, as with rules.
 */
export function layoutAutomation(automation: Automation, options: AutomationLayout): AutomationFlow {
  const { metrics } = options
  const end = node('end', null, metrics.end.width, metrics.end.height + 6)
  const steps = automation.then.map((step) => stepBlock(step, options))
  const flow = stack(
    [headBlock(automation, options), ...steps, single<AutomationNode, LineRef>(end, { step: null })],
    spotsIn(OUTERMOST, automation.then),
    metrics.gap,
  )
  return {
    nodes: flow.nodes,
    lines: flow.lines,
    left: -flow.left,
    width: flow.left + flow.right,
    height: flow.height,
  }
}

function node(
  kind: AutomationNodeKind,
  step: string | null,
  width: number,
  height: number,
  more: { id?: string; x?: number; way?: string } = {},
): AutomationNode {
  const { id = idOf(kind, step ?? ''), x = -width / 2, way } = more
  return { id, kind, step, x, y: 0, width, height, ...(way === undefined ? {} : { way }) }
}

/** The places before each step of a sequence and after its last one. */
const spotsIn = ({ step, way }: Sequence, steps: readonly Step[]): string[] =>
  Array.from({ length: steps.length + 1 }, (_, index) => spotOf({ step, way, index }))

/** Who enters, in the middle; at its sides who leaves early, and what all is for. */
function headBlock({ unless = [], goal }: Automation, options: AutomationLayout): StepBlock {
  const { metrics, linesOf, offers } = options
  const { width } = metrics.card
  const heightOf = (card: string): number => AROUND + LINE * linesOf(card)
  const when = node('when', null, width, heightOf('when:'))
  const side = (kind: 'unless' | 'goal', x: number): AutomationNode => ({
    ...node(kind, null, width - 40, heightOf(`${kind}:`), { x }),
    y: offers ? UNDER_TOOLS : 0,
  })
  const left = -width / 2 - metrics.aisle - (width - 40)
  const sides = [
    ...(offers || unless.length > 0 ? [side('unless', left)] : []),
    ...(offers || goal !== undefined ? [side('goal', width / 2 + metrics.aisle)] : []),
  ]
  const all = [when, ...sides]
  return {
    ...single<AutomationNode, LineRef>(when, { step: null }),
    left: Math.max(...all.map(({ x }) => -x)),
    right: Math.max(...all.map((one) => one.x + one.width)),
    height: Math.max(...all.map(({ y, height }) => y + height)),
    nodes: all,
  }
}

function stepBlock(step: Step, options: AutomationLayout): StepBlock {
  const { metrics, linesOf, folded } = options
  const id = stepCard(step.id)
  const ways = waysOf(step)
  const isFolded = folded.has(step.id) && ways.length > 0
  const kind = isFolded ? 'folded' : 'step'
  const card = node(kind, step.id, metrics.card.width, AROUND + LINE * linesOf(id), { id })
  const block = single<AutomationNode, LineRef>(card, { step: step.id })
  if ('end' in step || 'go_to' in step) return { ...block, exit: null }
  if (ways.length === 0 || isFolded) return block
  return forked({
    fork: block,
    ways: ways.map((way) => ({
      block: wayBlock(step, way, options),
      arriving: { step: step.id, way: way.name },
      before: undefined,
      after: spotOf({ step: step.id, way: way.name, index: way.steps.length }),
    })),
    join: single<AutomationNode, LineRef>(node('join', step.id, JOIN, JOIN), { step: step.id }),
    fan: metrics.fan,
    aisle: metrics.aisle,
  })
}

/** The head of a way, and its steps under it. */
function wayBlock(step: Step, { name, steps }: Way, options: AutomationLayout): StepBlock {
  const id = wayCard(step.id, name)
  const head = node('way', step.id, WAY_WIDTH, WAY_AROUND + LINE * options.linesOf(id), { id, way: name })
  const blocks = steps.map((inner) => stepBlock(inner, options))
  return stack(
    [single<AutomationNode, LineRef>(head, { step: step.id, way: name }), ...blocks],
    spotsIn({ step: step.id, way: name }, steps),
    options.metrics.gap,
  )
}
