import { type ParsedMail, simpleParser } from 'mailparser'
import type { Quoted } from './quoted.ts'
import { readComplaint } from './readComplaint.ts'
import { hasStatus, readStatus } from './readStatus.ts'
import { ANSWER_HEADERS, ANSWER_SUBJECTS, DAEMONS, DELAYED_SUBJECTS, FAILED_SUBJECTS } from './reportWords.ts'

/** What a mail to one of our return addresses says. */
export type Report =
  | { kind: 'status'; type: 'bounced' | 'deferred' | 'delivered'; words: string; at: Date | null }
  /** Somebody called the mail spam, or asked their mailbox provider to be taken off; `about` is what the report quotes. */
  | { kind: 'complaint'; type: 'complained' | 'unsubscribed'; words: string; at: Date | null; about: Quoted }
  /** An answer that a mailbox gives by itself, or one of a person: nothing for us. */
  | { kind: 'answer' }
  /** Nobody can say what it means. */
  | { kind: 'unclear' }

/** So much of a mail is read: what counts stands before the copy of our own message. */
const MOST_READ = 262_144
const WORDS = 1_000

/**
 * Reads a mail that came back: a delivery status notification (RFC 3464), a complaint of a feedback loop (RFC 5965), or
 * what servers without either write.
 *
 * @param sender the envelope sender; empty for most bounces
 * @returns `unclear` also for what can't be read at all
 */
export async function readReport(source: Buffer, sender: string): Promise<Report> {
  let mail: ParsedMail
  try {
    mail = await simpleParser(source.subarray(0, MOST_READ), {
      keepDeliveryStatus: true,
      skipHtmlToText: false,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
      maxHtmlLengthToParse: 65_536,
    })
  } catch {
    // nested too deep, too many parts, a head without end
    return { kind: 'unclear' }
  }
  const at = mail.date ?? null
  const complaint = await readComplaint(mail)
  if (complaint !== null) {
    const { type, ...rest } = complaint
    return type === null ? { kind: 'answer' } : { kind: 'complaint', type, at, ...rest }
  }
  const status = readStatus(mail)
  if (status !== null) return { kind: 'status', ...status, at: status.at ?? at }
  // a status that says nothing about us is no riddle
  if (hasStatus(mail)) return { kind: 'answer' }
  return guess(mail, sender, at)
}

/** Reads what is in no standard form by the words that mail servers use. */
function guess(mail: ParsedMail, sender: string, at: Date | null): Report {
  const subject = (mail.subject ?? '').toLowerCase()
  const body = mail.text ?? ''
  if (mail.headers.has('x-failed-recipients')) return { kind: 'status', type: 'bounced', words: tellingOf(body), at }
  const has = (words: readonly string[]) => words.some((one) => subject.includes(one))
  const failed = has(FAILED_SUBJECTS)
  if (!failed && isAnswer(mail, subject)) return { kind: 'answer' }
  const daemon = sender === '' || isDaemon(sender) || isDaemon(mail.from?.value[0]?.address ?? '')
  if (!daemon) return { kind: 'answer' }
  if (has(DELAYED_SUBJECTS)) return { kind: 'status', type: 'deferred', words: tellingOf(body), at }
  if (failed || REFUSAL.test(body.slice(0, 20_000)) || QMAIL.test(body)) {
    return { kind: 'status', type: 'bounced', words: tellingOf(body), at }
  }
  return { kind: 'unclear' }
}

const isDaemon = (address: string): boolean => DAEMONS.test(address.slice(0, address.indexOf('@')))

function isAnswer(mail: ParsedMail, subject: string): boolean {
  const automatic = String(mail.headers.get('auto-submitted') ?? '').toLowerCase()
  if (automatic.startsWith('auto-replied')) return true
  if (ANSWER_HEADERS.some((name) => mail.headers.has(name))) return true
  if (/^auto_reply$/i.test(String(mail.headers.get('precedence') ?? ''))) return true
  const bare = subject.replace(/^((re|aw|fwd?|wg|tr|r)\s*:\s*)+/i, '')
  return ANSWER_SUBJECTS.some((one) => bare.startsWith(one))
}

/** A refusal for good, with or without its enhanced code. */
const REFUSAL = /(?:^|[\s:<(>#])(5\d\d[ -](?:#?5\.\d{1,3}\.\d{1,3}|[A-Za-z<])|#?5\.\d{1,3}\.\d{1,3}[\s:;])/m
const QMAIL = /^Hi\. This is the/m

/** The line of a bounce that says why, with what follows it; else its beginning. */
function tellingOf(body: string): string {
  const text = body.slice(0, 20_000)
  const found = REFUSAL.exec(text)
  const begin = found === null ? 0 : found.index + (found[0].length - (found[1] ?? '').length)
  const end = text.indexOf('\n\n', begin)
  return text
    .slice(begin, end === -1 ? undefined : end)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, WORDS)
}
