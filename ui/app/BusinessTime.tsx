import type { ReactNode } from 'react'
import { IntlProvider, useIntl } from 'react-intl'
import { useSession } from '../client/session.ts'

/** Inside it all instants are shown in the business's time zone, wherever the reader is. */
export function BusinessTime({ children }: { children: ReactNode }) {
  const { locale, defaultLocale, messages } = useIntl()
  const { business } = useSession()
  return (
    <IntlProvider locale={locale} defaultLocale={defaultLocale} messages={messages} timeZone={business.time_zone}>
      {children}
    </IntlProvider>
  )
}
