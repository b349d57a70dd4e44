import type { Condition } from '../../../rules/rule.ts'
import type { CatalogueFact, Choices } from './catalogueTypes.ts'

const attributeOf = (fact: CatalogueFact, { name }: Condition) =>
  fact.parameters.find((one) => one.name === 'name')?.choices?.find(({ value }) => value === name)

/** The type of the attribute that a condition asks for; undefined where it is not known, or the fact has no types. */
export const typeOfAttribute = (fact: CatalogueFact, condition: Condition): string | undefined =>
  attributeOf(fact, condition)?.type

/** The texts that the attribute of a condition has in the data, commonest first. */
export const valuesOfAttribute = (fact: CatalogueFact, condition: Condition): Choices =>
  attributeOf(fact, condition)?.values ?? []
