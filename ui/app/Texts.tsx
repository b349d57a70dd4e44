import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { IntlProvider } from 'react-intl'
import { chooseLanguage, fallbackMessages, loadMessages } from '../messages/index.ts'

/** Texts, numbers and dates in the reader's language. */
export function Texts({ children }: { children: ReactNode }) {
  const { language, locale } = useMemo(() => chooseLanguage(navigator.languages), [])
  const messages = useQuery({
    queryKey: ['messages', language],
    queryFn: () => loadMessages(language),
    staleTime: Number.POSITIVE_INFINITY,
  })

  useEffect(() => {
    document.documentElement.lang = language
  }, [language])

  return (
    <IntlProvider locale={locale} defaultLocale="en" messages={{ ...fallbackMessages, ...messages.data }}>
      {children}
    </IntlProvider>
  )
}
