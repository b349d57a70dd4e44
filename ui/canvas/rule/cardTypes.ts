import type { EdgeTypes, NodeTypes } from '@xyflow/react'
import type { RuleNodeKind } from '../layout/ruleFlow.ts'
import { ConditionCard } from './cards/ConditionCard.tsx'
import { EmptyCard, ResultCard, StartCard } from './cards/EndCards.tsx'
import { Frame, GroupCard } from './cards/GroupCards.tsx'
import { AsideSign, EnterSign, ForkSign, JoinSign } from './cards/Signs.tsx'
import { RuleLineEdge } from './RuleLineEdge.tsx'

/** What draws each kind of card of a rule. */
export const cardTypes = {
  start: StartCard,
  result: ResultCard,
  condition: ConditionCard,
  empty: EmptyCard,
  folded: GroupCard,
  fork: ForkSign,
  join: JoinSign,
  frame: Frame,
  enter: EnterSign,
  aside: AsideSign,
} satisfies Record<RuleNodeKind, unknown> & NodeTypes

export const lineTypes: EdgeTypes = { line: RuleLineEdge }
