import type { Condition } from '../../../rules/rule.ts'
import type { CatalogueFact } from '../edit/catalogueTypes.ts'
import { withOperator } from '../edit/fieldKinds.ts'

/**
 * A condition as it begins: the fact with an operator, the first one when none is asked for, and the value with which
 * its control begins. What only the reader can know is left out: it stands on the canvas as not right yet.
 * @param today the day with which a date begins
 */
export function newCondition(fact: CatalogueFact, today: string, is = fact.operators[0]?.is ?? ''): Condition {
  return withOperator(fact, { fact: fact.fact, is: '' }, is, today)
}
