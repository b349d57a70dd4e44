import { useCallback, useMemo } from 'react'
import { useIntl } from 'react-intl'
import type { Condition } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useCatalogue } from '../rule/useCatalogue.ts'
import { fieldsOf } from './fieldKinds.ts'
import { type Mistake, mistakeOf } from './mistakes.ts'
import { numberForm } from './numberForm.ts'

/** Says a mistake in the reader's language. */
export function useMistakeText(): (mistake: Mistake) => string {
  const { formatMessage, formatNumber } = useIntl()
  return useCallback(
    ({ id, values = {} }) => {
      const said = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? formatNumber(value) : value,
      ])
      return formatMessage({ id }, Object.fromEntries(said))
    },
    [formatMessage, formatNumber],
  )
}

/**
 * What is wrong at the controls of a condition's form, in the reader's language: for its card and the list of problems,
 * in place of what the server says of it.
 */
export function useMistakeWords(words: WordOptions): (condition: Condition) => string[] {
  const say = useMistakeText()
  const facts = useCatalogue().data?.facts
  return useMemo(
    () => (condition) => {
      const fact = facts?.find((one) => one.fact === condition.fact)
      if (fact === undefined) return []
      return fieldsOf(fact, condition).flatMap((field) => {
        const mistake = mistakeOf(field, condition[field.name], numberForm(field, condition, words).scale)
        if (mistake === undefined) return []
        return [field.label === '' ? say(mistake) : `${field.label}: ${say(mistake)}`]
      })
    },
    [facts, say, words],
  )
}
