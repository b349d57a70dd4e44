import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import type { MessageId } from '../messages/index.ts'

type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>

/**
 * The texts of the chosen language: `const text = useText(); text('segments.title')`. For parts of a sentence that are
 * elements (a bold number, a link) use react-intl's `FormattedMessage`.
 */
export function useText(): (id: MessageId, values?: Values) => string {
  const intl = useIntl()
  return (id, values) => intl.formatMessage({ id }, values)
}

/** Tags in messages: `<b>…</b>` is bold. For `FormattedMessage`'s `values`. */
export const richTags = { b: (parts: ReactNode[]): ReactNode => <strong>{parts}</strong> }
