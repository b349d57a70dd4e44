import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'

/** What the system itself writes down as the place where a customer has said something. */
const SOURCES: ReadonlyMap<string, MessageId> = new Map([
  ['ingest', 'source.ingest'],
  ['notifications page', 'source.notifications'],
  ['unsubscribe link', 'source.link'],
  ['answer to an SMS', 'source.sms'],
  ['sign-up page', 'source.signUp'],
  ['bounce mail', 'source.bounce'],
  ['feedback loop', 'source.complaint'],
  ['merge', 'source.merge'],
])

/** Before the place, where somebody has confirmed it by mail. */
const CONFIRMED = 'double opt-in: '

/** Where a customer has said something: what the system wrote in the reader's language, what somebody typed as it is. */
export function useSource(): (source: string) => string {
  const text = useText()
  const say = (source: string): string => {
    if (source.startsWith(CONFIRMED)) return text('source.doubleOptIn', { where: say(source.slice(CONFIRMED.length)) })
    const known = SOURCES.get(source)
    return known === undefined ? source : text(known)
  }
  return say
}
