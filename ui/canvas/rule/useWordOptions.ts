import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useIntl } from 'react-intl'
import type { WordOptions } from '../../../rules/words.ts'
import { segmentsQuery } from '../../client/segments.ts'
import { useSession } from '../../client/session.ts'
import { useRuleWords } from '../../shared/useRuleWords.ts'

/** How rules are said to the reader. */
export function useWordOptions(): WordOptions {
  const { locale } = useIntl()
  const messages = useRuleWords()
  const { currency } = useSession().business
  const segments = useQuery(segmentsQuery).data?.items
  return useMemo(() => {
    const segment = Object.fromEntries((segments ?? []).map(({ id, name }) => [id, name]))
    return { messages, locale, currency, names: { segment } }
  }, [messages, locale, currency, segments])
}
