import type { Condition } from '../../../rules/rule.ts'
import { typeOfAttribute, valuesOfAttribute } from './attributes.ts'
import type { CatalogueFact, CatalogueOperator, Choices, Limits } from './catalogueTypes.ts'
import { firstValue, valueFor } from './values.ts'

/** One control of a condition's form. */
export type FieldKind = {
  /** `value`, or the name of a parameter. */
  readonly name: string
  readonly label: string
  readonly input: string
  readonly choices: Choices
  readonly limits: Limits
  /** It can be left out. */
  readonly optional: boolean
  /** What holds where it is left out, if that is one of the choices. */
  readonly usual?: string
}

/** What can be changed of a condition, the value first, as the catalogue declares it. */
export function fieldsOf(fact: CatalogueFact, condition: Condition): FieldKind[] {
  const operator = fact.operators.find(({ is }) => is === condition.is)
  const fields: FieldKind[] = []
  if (operator?.input) {
    const { input, limits = {}, choices = valuesOfAttribute(fact, condition) } = operator
    fields.push({ name: 'value', label: '', input, choices, limits, optional: false })
  }
  for (const { name, label, input, choices = [], limits = {}, required, usual } of fact.parameters) {
    const field = { name, label, input, choices, limits, optional: !required }
    fields.push(usual === undefined ? field : { ...field, usual })
  }
  return fields
}

/** The operators that go with a condition: of an attribute whose type is known, those of its type. */
export function operatorsFor(fact: CatalogueFact, condition: Condition): CatalogueOperator[] {
  const type = typeOfAttribute(fact, condition)
  if (type === undefined) return fact.operators
  return fact.operators.filter((one) => one.type === undefined || one.type === type || one.is === condition.is)
}

/**
 * A condition with another operator. The value stays as far as the new one can take it, else it begins anew; parameters
 * that have to be there begin, too.
 * @param today the day with which a date begins
 * @param before values that there were under other operators, by their input: one of the new one's comes back
 */
export function withOperator(
  fact: CatalogueFact,
  condition: Condition,
  is: string,
  today: string,
  before: ReadonlyMap<string, unknown> = new Map(),
): Condition {
  const inputOf = (name: string) => fact.operators.find((operator) => operator.is === name)?.input ?? null
  const after = fact.operators.find((operator) => operator.is === is)
  const { value, ...rest } = condition
  const parameters = { ...beginning(fact, condition), ...rest, is }
  if (!after?.input) return parameters
  const choices = after.choices ?? valuesOfAttribute(fact, condition)
  const kept = valueFor(after.input, inputOf(condition.is), value) ?? before.get(after.input)
  return { ...parameters, value: kept ?? firstValue(after.input, choices, today) }
}

/** A condition with another value of a field; undefined takes it away. */
export function withField(condition: Condition, name: string, value: unknown): Condition {
  const { [name]: _, ...rest } = condition
  return (value === undefined ? rest : { ...condition, [name]: value }) as Condition
}

/**
 * A condition about another attribute: when the operator does not go with its type, the first one that does.
 * @param today the day with which a date begins
 */
export function withAttribute(fact: CatalogueFact, condition: Condition, name: string, today: string): Condition {
  const named = { ...condition, name }
  const type = typeOfAttribute(fact, named)
  const operator = fact.operators.find(({ is }) => is === condition.is)
  if (type === undefined || operator?.type === undefined || operator.type === type) return named
  const first = fact.operators.find((one) => one.type === type)
  return first === undefined ? named : withOperator(fact, named, first.is, today)
}

/** The parameters with which a condition begins: those that must be there, and those that mean something left out. */
function beginning(fact: CatalogueFact, condition: Condition): Record<string, unknown> {
  const missing = fact.parameters.filter(({ name }) => condition[name] === undefined)
  return Object.fromEntries(
    missing.flatMap(({ name, required, usual }) =>
      usual !== undefined ? [[name, usual]] : required ? [[name, '']] : [],
    ),
  )
}
