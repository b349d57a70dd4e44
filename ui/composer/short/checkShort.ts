import { readSubject } from '../../../api/contract/mergeTags.ts'
import type { Finding } from '../document/checkMessage.ts'
import type { Written } from '../draft/written.ts'
import { checkLink } from '../links/checkLink.ts'

/** What the server takes at most: ten parts of an SMS in the small alphabet; more than any system shows of a notification. */
export const MOST = { sms: 1_530, title: 150, push: 500 } as const

/** Goes through an SMS or a notification as a careful colleague would before it is sent. */
export function checkShort({ channel, sms, push }: Pick<Written, 'channel' | 'sms' | 'push'>): Finding[] {
  if (channel === 'sms') return checkText(sms.text, MOST.sms)
  const title: Finding[] =
    push.title.trim() === ''
      ? [{ kind: 'no_title', stops: true }]
      : [...tooLong(push.title, MOST.title), ...noFallbacks(push.title)]
  return [...title, ...checkText(push.text, MOST.push), ...checkUrl(push.url.trim())]
}

function checkText(text: string, most: number): Finding[] {
  if (text.trim() === '') return [{ kind: 'no_words', stops: true }]
  return [...tooLong(text, most), ...noFallbacks(text)]
}

const tooLong = (text: string, most: number): Finding[] =>
  text.trim().length > most ? [{ kind: 'too_many_letters', stops: true, characters: text.trim().length, most }] : []

const noFallbacks = (text: string): Finding[] =>
  readSubject(text).flatMap((part): Finding[] =>
    'name' in part && part.name.startsWith('customer.') && part.fallback.trim() === ''
      ? [{ kind: 'no_fallback', stops: false, path: 'subject', name: part.name }]
      : [],
  )

function checkUrl(url: string): Finding[] {
  if (url === '') return []
  const checked = checkLink(url)
  const what = checked.ok ? (/^https?:/.test(checked.href) ? checked.warning : 'scheme') : checked.problem
  return what === null ? [] : [{ kind: 'link', stops: !checked.ok || what === 'scheme', path: [], href: url, what }]
}
