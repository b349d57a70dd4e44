import { Problem } from '../errors.ts'
import { oneLine } from './cleanText.ts'
import { checkPush, checkSms, type PushContent, type SmsContent } from './shortMessage.ts'
import { subjectLiquid } from './subject.ts'

/** A message for telephones or browsers as a campaign keeps it: what was written, and what each copy is rendered from. */
export type CompiledShort = {
  /** Of a notification its title; of an SMS how it begins. */
  subject: string
  document: SmsContent | PushContent
  html: ''
  /** Liquid for plain text. */
  text: string
  links: string[]
}

/**
 * Checks a message for its channel and makes it ready for all its recipients.
 *
 * @throws Problem `invalid` with the path of each mistake
 */
export function compileShort(channel: 'sms' | 'push', content: object): CompiledShort {
  const { mistakes, ...checked } = channel === 'sms' ? checkedSms(content) : checkedPush(content)
  if (mistakes.length > 0) throw new Problem('invalid', 'The message can’t be sent as it is', mistakes)
  return { ...checked, html: '', text: subjectLiquid(checked.document.text) }
}

function checkedSms(content: object) {
  if (!isSms(content)) throw unfit('An SMS has {text}')
  const { text, mistakes } = checkSms(content)
  return { document: { text }, subject: oneLine(text).slice(0, 200), mistakes, links: [] }
}

function checkedPush(content: object) {
  if (!isPush(content)) throw unfit('A notification has {title, text, url}')
  const { title, text, url, mistakes } = checkPush(content)
  const document = url === null ? { title, text } : { title, text, url }
  return { document, subject: title, mistakes, links: url === null ? [] : [url] }
}

const isPush = (content: object): content is PushContent => 'title' in content && 'text' in content
const isSms = (content: object): content is SmsContent => 'text' in content && !('title' in content)

/** The answer to content that belongs to another channel. */
export const unfit = (message: string) => new Problem('invalid', message, [{ path: '/content', message }])
