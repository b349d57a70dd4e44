import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { IntlProvider } from 'react-intl'
import { sessionQuery } from '../client/session.ts'
import { chooseLanguage, fallbackMessages, loadMessages } from '../messages/index.ts'

/** Texts, numbers and dates in the reader's language, and instants in the business's time zone. */
export function Texts({ children }: { children: ReactNode }) {
  const { language, locale } = useMemo(() => chooseLanguage(navigator.languages), [])
  const messages = useQuery({
    queryKey: ['messages', language],
    queryFn: () => loadMessages(language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const session = useQuery({ ...sessionQuery, enabled: false })
  const timeZone = session.data?.business.time_zone

  useEffect(() => {
    document.documentElement.lang = language
  }, [language])

  return (
    <IntlProvider
      locale={locale}
      defaultLocale="en"
      messages={{ ...fallbackMessages, ...messages.data }}
      {...(timeZone === undefined ? {} : { timeZone })}
    >
      {children}
    </IntlProvider>
  )
}
