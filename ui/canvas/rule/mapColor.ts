import type { Node } from '@xyflow/react'
import { isCondition, isNot } from '../../../rules/rule.ts'
import { kindOf } from './kinds.ts'
import type { RuleCardData } from './ruleView.ts'

/** The colour of a card on the map: that of its kind of fact. What stands behind the lines would cover what is in it. */
export function mapColor({ zIndex, type, data }: Node): string {
  if (zIndex === -1) return 'transparent'
  const { rule } = data as RuleCardData
  const inner = isNot(rule) ? rule.not : rule
  if (type !== 'condition' || !isCondition(inner)) return 'var(--xy-minimap-node-background-color)'
  return `var(--mantine-color-${kindOf(inner).hue}-5)`
}
