import type { Mistake } from '../errors.ts'
import { checkLink } from './checkLink.ts'
import { cleanText } from './cleanText.ts'
import { isMergeTagName, MERGE_TAG_NAMES, readMergeTags } from './mergeTags.ts'
import { checkSubject } from './subject.ts'

/** A message to a telephone: text with merge tags, nothing else. */
export type SmsContent = { text: string }
/** A notification in a browser, and the page that opens when somebody presses it. */
export type PushContent = { title: string; text: string; url?: string | undefined }

/** Ten parts of an SMS in the small alphabet. */
const MAX_SMS = 1_530
/** More than any system shows of a notification, and far from what a push service refuses. */
const MAX_TITLE = 150
const MAX_PUSH = 500

/** Checks the text of an SMS. Mistakes are named as in a request that has it under `content`. */
export function checkSms(content: SmsContent): { text: string; mistakes: Mistake[] } {
  return checkText(content.text, '/content/text', MAX_SMS)
}

/** Checks a notification, as {@link checkSms} does. */
export function checkPush(content: PushContent): {
  title: string
  text: string
  url: string | null
  mistakes: Mistake[]
} {
  const title = checkSubject(content.title, '/content/title')
  if (title.subject.length > MAX_TITLE) {
    title.mistakes.push({ path: '/content/title', message: `A title may have ${MAX_TITLE} characters` })
  }
  const text = checkText(content.text, '/content/text', MAX_PUSH)
  const mistakes = [...title.mistakes, ...text.mistakes]
  if (content.url === undefined) return { title: title.subject, text: text.text, url: null, mistakes }
  const link = checkLink(content.url)
  const href = 'href' in link && /^https?:/.test(link.href) ? link.href : null
  if (href === null) {
    const message = 'mistake' in link ? link.mistake : 'A notification opens a page: http or https'
    mistakes.push({ path: '/content/url', message })
  }
  return { title: title.subject, text: text.text, url: href, mistakes }
}

function checkText(raw: string, path: string, most: number): { text: string; mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  const text = cleanText(raw.replace(/\r\n?/g, '\n')).trim().normalize('NFC')
  if (text === '') mistakes.push({ path, message: 'The message is empty' })
  if (text.length > most) mistakes.push({ path, message: `It may have ${most} characters, this has ${text.length}` })
  for (const part of readMergeTags(text)) {
    if ('name' in part && /^(customer|business)\./.test(part.name) && !isMergeTagName(part.name)) {
      mistakes.push({ path, message: `There is no merge tag ${part.name}; allowed are ${MERGE_TAG_NAMES.join(', ')}` })
    }
  }
  return { text, mistakes }
}
