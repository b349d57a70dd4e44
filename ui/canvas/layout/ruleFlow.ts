import type { Path } from '../../../rules/rule.ts'
import type { Placed, PlacedNode } from '../flow/placed.ts'
import type { CountedLine } from './block.ts'

/**
 * What stands on a rule's canvas. `empty` is a group without parts; `folded` is a group drawn as one card; `frame` is the dashed
 * border of an inverted group, `enter` the sign at its top and `aside` where those end whom it turns aside.
 */
export type RuleNodeKind =
  | 'start'
  | 'result'
  | 'condition'
  | 'empty'
  | 'folded'
  | 'fork'
  | 'join'
  | 'frame'
  | 'enter'
  | 'aside'

export type RuleNode = PlacedNode<RuleNodeKind> & {
  /** The node of the rule that is shown; for an inverted condition the `not`. */
  readonly path: Path
}

/** One of the numbers of the preview: of the node at `path`, those who arrive, pass or don't. */
export type CountRef = { readonly path: Path; readonly of: 'in' | 'yes' | 'no' }

/** Its `count` is who is on it. */
export type RuleLine = CountedLine<CountRef>

export type RuleFlow = Placed<RuleNode, RuleLine>
