import type { EdgeTypes, NodeTypes } from '@xyflow/react'
import type { AutomationNodeKind } from '../flow/automationFlow.ts'
import { AutomationLine } from './AutomationLine.tsx'
import { EndCard, GoalCard, UnlessCard, WhenCard } from './HeadCards.tsx'
import { StepCard } from './StepCard.tsx'
import { JoinSign, WaySign } from './WaySigns.tsx'

/** What draws each kind of card of an automation. */
export const cardTypes = {
  when: WhenCard,
  unless: UnlessCard,
  goal: GoalCard,
  step: StepCard,
  folded: StepCard,
  way: WaySign,
  join: JoinSign,
  end: EndCard,
} satisfies Record<AutomationNodeKind, unknown> & NodeTypes

export const lineTypes: EdgeTypes = { line: AutomationLine }
