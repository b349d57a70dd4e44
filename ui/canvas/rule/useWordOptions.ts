import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useIntl } from 'react-intl'
import type { WordOptions } from '../../../rules/words.ts'
import { segmentsQuery } from '../../client/segments.ts'
import { useSession } from '../../client/session.ts'
import { useRuleWords } from '../../shared/useRuleWords.ts'
import { useCatalogue } from './useCatalogue.ts'

/** How rules are said to the reader. */
export function useWordOptions(): WordOptions {
  const { locale } = useIntl()
  const messages = useRuleWords()
  const { currency } = useSession().business
  const segments = useQuery(segmentsQuery).data?.items
  const facts = useCatalogue().data?.facts
  return useMemo(() => {
    const segment = Object.fromEntries((segments ?? []).map(({ id, name }) => [id, name]))
    const names = {
      segment,
      campaign: namesOf('campaign'),
      template: namesOf('template'),
      automation: namesOf('automation'),
    }
    return { messages, locale, currency, names }

    /** The names of things that messages are asked for by. */
    function namesOf(parameter: string): Record<string, string> {
      const choices = facts
        ?.find(({ fact }) => fact === 'delivery')
        ?.parameters.find(({ name }) => name === parameter)?.choices
      return Object.fromEntries((choices ?? []).map(({ value, label }) => [value, label]))
    }
  }, [messages, locale, currency, segments, facts])
}
