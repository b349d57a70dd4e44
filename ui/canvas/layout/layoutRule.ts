import {
  type Any,
  type Condition,
  childrenOf,
  isAny,
  isCondition,
  isNot,
  type Not,
  type Path,
  type Rule,
} from '../../../rules/rule.ts'
import { type Block, idOf, single, stack } from './block.ts'
import { forked } from './forked.ts'
import type { Metrics } from './metrics.ts'
import type { CountRef, RuleFlow, RuleNode, RuleNodeKind } from './ruleFlow.ts'
import { spotOf } from './spots.ts'

type RuleBlock = Block<RuleNode, CountRef>

export type LayoutOptions = {
  readonly metrics: Metrics
  /** How many lines of text a condition's sentence takes on its card; one when not given. */
  readonly linesOf?: (condition: Condition) => number
  /** Groups that are drawn as one card. */
  readonly collapsed?: ReadonlySet<Path>
}

/**
 * Where everything of a rule stands: customers enter at the top, conditions one under another are *and*, ways side by
 * side that come together again are *or*, an inverted group has a frame of its own. Only the tree decides: the same
 * rule is always laid out the same, in the order in which it is written.
 */
export function layoutRule(rule: Rule, options: LayoutOptions): RuleFlow {
  const { end } = options.metrics
  const everyone: CountRef = { path: '', of: 'in' }
  const members: CountRef = { path: '', of: 'yes' }
  const flow = stack(
    [
      card({ kind: 'start', path: '', width: end.width, height: end.height, leaving: everyone }),
      blockOf(rule, '', options),
      card({ kind: 'result', path: '', width: end.resultWidth, height: end.height, leaving: members }),
    ],
    [spotOf({ at: 'before', path: '' }), spotOf({ at: 'after', path: '' })],
    options.metrics.gap,
  )
  return {
    nodes: flow.nodes,
    lines: flow.lines,
    left: -flow.left,
    width: flow.left + flow.right,
    height: flow.height,
  }
}

type One = {
  kind: RuleNodeKind
  path: Path
  width: number
  height: number
  leaving: CountRef
  /** The room it needs at its right. */
  out?: number
  /** The place at it where something can be put. */
  spot?: string
}

function card({ kind, path, width, height, leaving, out, spot }: One): RuleBlock {
  const place = { id: idOf(kind, path), kind, path, x: -width / 2, y: 0, width, height }
  return single<RuleNode, CountRef>(spot === undefined ? place : { ...place, spot }, leaving, out)
}

function blockOf(rule: Rule, path: Path, options: LayoutOptions): RuleBlock {
  if (isCondition(rule)) return conditionCard(rule, path, options)
  if (isNot(rule) && isCondition(rule.not)) return conditionCard(rule.not, path, options)
  if (options.collapsed?.has(path)) return collapsedCard(path, options)
  if (isNot(rule)) return frame(rule, path, options)
  const [first, ...others] = childrenOf(rule, path)
  if (first === undefined) return emptyCard(path, options)
  if (isAny(rule)) return ways(rule, path, options)
  return stack(
    [blockOf(first.rule, first.path, options), ...others.map((child) => blockOf(child.rule, child.path, options))],
    others.map((child) => spotOf({ at: 'before', path: child.path })),
    options.metrics.gap,
  )
}

function conditionCard(condition: Condition, path: Path, { metrics, linesOf }: LayoutOptions): RuleBlock {
  const { width, height, line: lineHeight } = metrics.card
  const lines = Math.max(1, linesOf?.(condition) ?? 1)
  return card({
    kind: 'condition',
    path,
    width,
    height: height + (lines - 1) * lineHeight,
    leaving: { path, of: 'yes' },
    out: metrics.out,
  })
}

const collapsedCard = (path: Path, { metrics }: LayoutOptions): RuleBlock =>
  card({
    kind: 'folded',
    path,
    width: metrics.card.width,
    height: metrics.card.height + metrics.card.line,
    leaving: { path, of: 'yes' },
    out: metrics.out,
  })

const emptyCard = (path: Path, { metrics }: LayoutOptions): RuleBlock =>
  card({
    kind: 'empty',
    path,
    width: metrics.card.width,
    height: metrics.end.height,
    leaving: { path, of: 'yes' },
    out: metrics.out,
    spot: spotOf({ at: 'in', path, index: 0 }),
  })

/** A fork, its ways side by side, and the join under the longest of them. */
function ways(rule: Any, path: Path, options: LayoutOptions): RuleBlock {
  const { fork, join, fan, aisle } = options.metrics
  const children = childrenOf(rule, path)
  const anotherWay = spotOf({ at: 'in', path, index: children.length })
  return forked({
    fork: card({ kind: 'fork', path, ...fork, leaving: { path, of: 'in' }, spot: anotherWay }),
    ways: children.map((way) => ({
      block: blockOf(way.rule, way.path, options),
      arriving: { path: way.path, of: 'in' },
      before: spotOf({ at: 'before', path: way.path }),
      after: spotOf({ at: 'after', path: way.path }),
    })),
    join: card({ kind: 'join', path, ...join, leaving: { path, of: 'yes' } }),
    fan,
    aisle,
  })
}

/** An inverted group: its flow inside a frame ends there, and those who don't get to that end leave the frame. */
function frame(rule: Not, path: Path, options: LayoutOptions): RuleBlock {
  const { fork, padding, gap } = options.metrics
  const inner = `${path}/not`
  const enter = card({ kind: 'enter', path, width: 150, height: fork.height, leaving: { path: inner, of: 'in' } })
  const aside = card({ kind: 'aside', path, width: 150, height: fork.height, leaving: { path, of: 'no' } })
  const spots = [spotOf({ at: 'before', path: inner }), spotOf({ at: 'after', path: inner })]
  const flow = stack([enter, blockOf(rule.not, inner, options), aside], spots, gap)
  const half = Math.max(flow.left, flow.right) + padding
  // The sign at the top stands on the frame's border, half outside.
  const top = fork.height / 2
  const height = flow.height - top + padding
  const id = idOf('frame', path)
  return {
    left: half,
    right: half,
    height: top + height + gap / 4,
    nodes: [{ id, kind: 'frame', path, x: -half, y: top, width: half * 2, height }, ...flow.nodes],
    lines: flow.lines,
    entry: enter.entry,
    exit: id,
    leaving: { path, of: 'yes' },
  }
}
