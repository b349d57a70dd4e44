import type { Database } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import { checkContent } from '../messages/checkContent.ts'
import { type CompiledMessage, compileMessage } from '../messages/compileMessage.ts'
import { compileShort, unfit } from '../messages/compileShort.ts'
import type { Document } from '../messages/document.ts'
import type { PushContent, SmsContent } from '../messages/shortMessage.ts'
import type { Settings } from '../settings/readSettings.ts'
import type { OfferedAnswer } from '../templates/compile/compiled.ts'
import { templateMessage } from '../templates/templateMessage.ts'
import type { SecondMessage } from './choices.ts'
import type { Written } from './written.ts'

/** A message as a campaign keeps it. */
export type Message = CompiledMessage & {
  subject: string
  /** What the composer edits; null for a template. */
  document: Document | SmsContent | PushContent | null
  /** The answers of its surveys; `links.answers[n]` in HTML and text is the n-th. */
  answers: OfferedAnswer[]
  template: { id: string; version: number } | null
}

/**
 * Checks and compiles the message of a campaign.
 *
 * @throws Problem `invalid` with the path of each mistake
 */
export async function composeMessage(
  db: Database,
  written: Written,
  settings: Settings,
  channel: ChannelName = 'email',
): Promise<Message> {
  if (channel !== 'email') return { ...compileShort(channel, written), answers: [], template: null }
  if ('template' in written) return templateMessage(db, written)
  if (!('subject' in written)) throw unfit('A mail has {subject, document} or {subject, html}')
  const { subject, document } = checkContent(written)
  const compiled = await compileMessage(document, { business: settings.name, language: settings.language })
  return { subject, document, ...compiled, answers: [], template: null }
}

/**
 * The second message of a campaign that compares two: what it leaves out is as in the first.
 *
 * @throws Problem `invalid` with the path of each mistake under `/ab_test`
 */
export async function composeSecond(
  db: Database,
  second: SecondMessage,
  first: Written,
  settings: Settings,
): Promise<Message> {
  if (!('template' in first || 'subject' in first)) {
    const message = 'Only two mails can be compared'
    throw new Problem('invalid', message, [{ path: '/ab_test', message }])
  }
  const both = { ...(second.content ?? first), ...(second.subject === undefined ? {} : { subject: second.subject }) }
  try {
    return await composeMessage(db, both, settings)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const at = (path: string) => `/ab_test${second.content === undefined ? path.replace(/^\/content/, '') : path}`
    throw new Problem(
      error.code,
      error.message,
      error.mistakes.map(({ path, message }) => ({ path: at(path), message })),
    )
  }
}
