import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { IntlProvider } from 'react-intl'
import { sessionQuery } from '../client/session.ts'
import { type Catalogue, chooseLanguage, fallbackMessages, loadCatalogue } from '../messages/index.ts'
import { RuleWordsContext } from '../shared/RuleWordsContext.ts'
import { useChosenLanguage } from '../shared/useLanguage.ts'

type Shown = Catalogue & { readonly language: string; readonly locale: string }

const ENGLISH: Shown = { language: 'en', locale: 'en', texts: {} }

/**
 * Texts, numbers and dates in the reader's language: the one chosen here, else the browser's, else the business's.
 * While another one is loaded the last one stays; where it cannot be loaded there is English.
 */
export function Texts({ children }: { children: ReactNode }) {
  const [chosen] = useChosenLanguage()
  const business = useBusinessLanguage()
  const { language, locale } = useMemo(
    () => chooseLanguage([...navigator.languages, ...(business === undefined ? [] : [business])], chosen),
    [business, chosen],
  )
  const [shown, show] = useState<Shown | null>(language === 'en' ? { ...ENGLISH, locale } : null)
  useEffect(() => {
    let wanted = true
    loadCatalogue(language).then(
      ({ texts, ruleWords }) => wanted && show({ language, locale, texts, ...(ruleWords && { ruleWords }) }),
      () => wanted && show(ENGLISH),
    )
    return () => {
      wanted = false
    }
  }, [language, locale])
  useEffect(() => {
    if (shown) document.documentElement.lang = shown.language
  }, [shown])
  const messages = useMemo(() => ({ ...fallbackMessages, ...shown?.texts }), [shown])

  if (!shown) return null
  return (
    <RuleWordsContext value={shown.ruleWords}>
      <IntlProvider locale={shown.locale} defaultLocale="en" messages={messages}>
        {children}
      </IntlProvider>
    </RuleWordsContext>
  )
}

/** The language of the business, as soon as somebody is signed in; nothing is asked for here. */
function useBusinessLanguage(): string | undefined {
  const queries = useQueryClient()
  return useSyncExternalStore(
    (changed) => queries.getQueryCache().subscribe(changed),
    () => queries.getQueryData(sessionQuery.queryKey)?.business.language,
  )
}
