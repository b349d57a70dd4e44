import type { Attachment, ParsedMail } from 'mailparser'

type Status = { type: 'bounced' | 'deferred' | 'delivered'; words: string; at: Date | null }

const WORDS = 1_000
/** A return path is one delivery's; more recipients than this are somebody's mailing list. */
const MOST_RECIPIENTS = 50

/**
 * The delivery status notification in a mail (RFC 3464). Of several recipients, such as a mailbox and where it forwards to,
 * the worst counts.
 *
 * @returns null when there is none, or none that says what became of the mail
 */
export function readStatus(mail: ParsedMail): Status | null {
  const part = mail.attachments.find(isStatus)
  if (part === undefined) return null
  const [, ...recipients] = blocksOf(part.content.toString('utf8').slice(0, 65_536))
  const statuses = recipients.slice(0, MOST_RECIPIENTS).flatMap((fields) => toStatus(fields, mail.text ?? ''))
  for (const type of ['bounced', 'deferred', 'delivered'] as const) {
    const worst = statuses.find((status) => status.type === type)
    if (worst !== undefined) return worst
  }
  return null
}

/** Whether there is one at all. */
export const hasStatus = (mail: ParsedMail): boolean => mail.attachments.some(isStatus)

const isStatus = ({ contentType }: Attachment): boolean =>
  contentType === 'message/delivery-status' || contentType === 'message/global-delivery-status'

type Fields = ReadonlyMap<string, string>

/** Groups of fields, by lower-case names, with folded lines put together; empty lines stand between groups. */
export function blocksOf(text: string): Fields[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
    .map((block) => block.replace(/\n[ \t]+/g, ' '))
    .map((block) => new Map(block.split('\n').flatMap(toField)))
    .filter((fields) => fields.size > 0)
}

function toField(line: string): [string, string][] {
  const colon = line.indexOf(':')
  return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]]
}

function toStatus(fields: Fields, humanText: string): Status[] {
  if (!fields.has('action') && !fields.has('status')) return []
  const code = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? ''
  const type = typeOf((fields.get('action') ?? '').toLowerCase(), code)
  if (type === null) return []
  const when = Date.parse(fields.get('last-attempt-date') ?? '')
  return [{ type, words: wordsOf(fields, code, humanText), at: Number.isNaN(when) ? null : new Date(when) }]
}

function typeOf(action: string, code: string): Status['type'] | null {
  if (action.startsWith('failed')) return 'bounced'
  if (action.startsWith('delayed')) return 'deferred'
  if (action.startsWith('delivered')) return 'delivered'
  // handed on to where nobody reports from, or to a list
  if (action.startsWith('relayed') || action.startsWith('expanded')) return null
  if (code.startsWith('5')) return 'bounced'
  return code.startsWith('4') ? 'deferred' : null
}

/** The server's answer; where there is none, the code with what is written for people. */
function wordsOf(fields: Fields, code: string, humanText: string): string {
  const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')
  const words = diagnostic === '' ? humanText.slice(0, WORDS) : diagnostic
  const tidy = words.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const said = code === '' || tidy.includes(code) ? tidy : `${code} ${tidy}`
  return said.trim().slice(0, WORDS)
}
