import { oneLine } from '../messages/cleanText.ts'

/** As much of it as a list shows. */
const LONGEST = 200

/** What is written for each way to reach customers; a mail may be a template instead. */
type WrittenDraft = {
  channel: 'email' | 'sms' | 'push'
  subject: string
  document: object
  template: { name: string } | null
  sms: { text: string }
  push: { title: string; text: string }
}

/** How a draft begins: its subject or title, else its first words; empty when there are none. */
export function draftTitle({ channel, subject, document, template, sms, push }: WrittenDraft): string {
  const title = {
    email: () => subject.trim() || (template === null ? wordsOf(document) : template.name),
    sms: () => sms.text,
    push: () => push.title.trim() || push.text,
  }[channel]()
  return oneLine(title).slice(0, LONGEST)
}

/** The first words of the composer's document, from the top down; no deeper than it may be nested. */
function wordsOf(node: unknown, depth = 0): string {
  if (typeof node !== 'object' || node === null || depth > 30) return ''
  const { text, content } = node as { text?: unknown; content?: unknown }
  let words = typeof text === 'string' ? text : ''
  if (!Array.isArray(content)) return words
  for (const child of content) {
    if (words.length >= LONGEST) break
    words = `${words} ${wordsOf(child, depth + 1)}`.trim()
  }
  return words
}
