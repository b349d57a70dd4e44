import { toMessage } from '../document/keepAllowed.ts'
import type { Mail, Written } from '../draft/written.ts'
import { checkLink } from '../links/checkLink.ts'

/** What is sent, as the API takes it: what was written for the channel, or a template, perhaps under another subject. */
export type Message =
  | { channel: 'email'; content: { subject: string; document: ReturnType<typeof toMessage> } }
  | { channel: 'email'; template: string; subject?: string }
  | { channel: 'sms'; content: { text: string } }
  | { channel: 'push'; content: { title: string; text: string; url?: string } }

/** What is written, as the API takes it. */
export function messageOf(written: Written): Message {
  const { channel, sms, push } = written
  if (channel === 'sms') return { channel, content: { text: sms.text } }
  if (channel === 'push') {
    const link = checkLink(push.url)
    const url = link.ok ? link.href : push.url.trim()
    return { channel, content: { title: push.title, text: push.text, ...(url === '' ? {} : { url }) } }
  }
  return mailMessage(written)
}

/** One mail, as the API takes it. */
export function mailMessage({ subject: typed, document, template }: Mail): Message {
  const subject = typed.trim()
  if (template === null) return { channel: 'email', content: { subject, document: toMessage(document) } }
  return { channel: 'email', template: template.id, ...(subject === '' ? {} : { subject }) }
}
