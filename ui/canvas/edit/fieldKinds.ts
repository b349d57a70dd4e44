import type { z } from 'zod'
import type { catalogueFact } from '../../../api/contract/catalogue.ts'
import type { Condition } from '../../../rules/rule.ts'

export type CatalogueFact = z.output<typeof catalogueFact>

/** One control of a condition's form. */
export type FieldKind = {
  /** `value`, or the name of a parameter. */
  readonly name: string
  readonly label: string
  readonly input: string
  readonly choices: ReadonlyArray<{ value: string; label: string }>
  /** A parameter can be left out. */
  readonly optional: boolean
}

/** What can be changed of a condition, the value first, as the catalogue declares it. */
export function fieldsOf(fact: CatalogueFact, condition: Condition): FieldKind[] {
  const operator = fact.operators.find(({ is }) => is === condition.is)
  const fields: FieldKind[] = []
  if (operator?.input) {
    fields.push({ name: 'value', label: '', input: operator.input, choices: operator.choices ?? [], optional: false })
  }
  for (const { name, label, input, choices } of fact.parameters) {
    fields.push({ name, label, input, choices: choices ?? [], optional: true })
  }
  return fields
}

/** The value with which a control begins. */
function firstValue(input: string, choices: FieldKind['choices'], today: string): unknown {
  switch (input) {
    case 'duration':
      return { days: 30 }
    case 'window':
      return { last: { days: 30 } }
    case 'number':
    case 'money':
      return 1
    case 'range':
      return [1, 5]
    case 'day':
      return today
    case 'choices':
    case 'texts':
      return choices.slice(0, 1).map(({ value }) => value)
    default:
      return []
  }
}

/**
 * A condition with another operator: the value stays where the new one takes the same kind, else it begins anew.
 * @param today the day with which a date begins
 */
export function withOperator(fact: CatalogueFact, condition: Condition, is: string, today: string): Condition {
  const before = fact.operators.find((operator) => operator.is === condition.is)
  const after = fact.operators.find((operator) => operator.is === is)
  const { value, ...rest } = condition
  if (!after?.input) return { ...rest, is }
  const stays = before?.input === after.input && value !== undefined
  return { ...rest, is, value: stays ? value : firstValue(after.input, after.choices ?? [], today) }
}

/** A condition with another value of a field; undefined takes a parameter away. */
export function withField(condition: Condition, name: string, value: unknown): Condition {
  const { [name]: _, ...rest } = condition
  return (value === undefined ? rest : { ...condition, [name]: value }) as Condition
}
