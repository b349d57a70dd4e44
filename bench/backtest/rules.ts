import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import type { Rule } from '../../rules/rule.ts'

/** The segments for the whole business that ship, by name: what people change and want to see played. */
export const EVERYDAY_RULES: Readonly<Record<string, Rule>> = Object.fromEntries(
  standardSegments()
    .filter(({ scope }) => scope === 'business')
    .map(({ name, rule }) => [name, rule]),
)
