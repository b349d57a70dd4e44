import { type ParsedMail, simpleParser } from 'mailparser'
import type { Quoted } from './quoted.ts'
import { blocksOf } from './readStatus.ts'

/** What the types of feedback (RFC 5965 and the IANA registry) mean for whoever got the mail; others mean nothing. */
const TYPES: Readonly<Record<string, 'complained' | 'unsubscribed'>> = {
  abuse: 'complained',
  fraud: 'complained',
  other: 'complained',
  'opt-out': 'unsubscribed',
  'opt-out-list': 'unsubscribed',
}

const MOST_QUOTED = 65_536

/**
 * The complaint in a mail from a feedback loop (RFC 5965).
 *
 * @returns null when it is none; `type` null for feedback that is no complaint, such as “not spam”
 */
export async function readComplaint(
  mail: ParsedMail,
): Promise<{ type: 'complained' | 'unsubscribed' | null; words: string; about: Quoted } | null> {
  const part = mail.attachments.find(({ contentType }) => contentType === 'message/feedback-report')
  if (part === undefined) return null
  const [fields = new Map<string, string>()] = blocksOf(part.content.toString('utf8').slice(0, MOST_QUOTED))
  const feedback = (fields.get('feedback-type') ?? '').toLowerCase()
  const reporter = (fields.get('user-agent') ?? '').slice(0, 100)
  const original = mail.attachments.find(
    ({ contentType }) => contentType === 'message/rfc822' || contentType === 'text/rfc822-headers',
  )
  const quoted = original === undefined ? null : await readQuoted(original.content.subarray(0, MOST_QUOTED))
  const returnPaths = [fields.get('original-mail-from') ?? '', ...(quoted?.returnPaths ?? [])]
  return {
    type: TYPES[feedback] ?? null,
    words: [feedback, reporter].filter((word) => word !== '').join(', '),
    about: { returnPaths, unsubscribe: quoted?.unsubscribe ?? [], messageId: quoted?.messageId ?? null },
  }
}

async function readQuoted(source: Buffer): Promise<Quoted | null> {
  try {
    const end = source.indexOf('\r\n\r\n')
    const head = await simpleParser(end === -1 ? source : source.subarray(0, end + 4))
    const lines = (name: string) => head.headerLines.filter(({ key }) => key === name).map(({ line }) => line)
    return {
      returnPaths: lines('return-path'),
      unsubscribe: lines('list-unsubscribe'),
      messageId: head.messageId?.replace(/^<|>$/g, '') ?? null,
    }
  } catch {
    return null
  }
}
