import type { Database } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { mergeReader, type Recipient } from '../deliveries/readMergeData.ts'
import { type Mistake, Problem } from '../errors.ts'
import { checkContent } from '../messages/checkContent.ts'
import { findRecipient } from '../messages/findRecipient.ts'
import { messageTemplate, type RenderedMessage } from '../messages/renderMessage.ts'
import { smsCopy } from '../messages/smsCopy.ts'
import { mailLanguage } from '../messages/words.ts'
import { readSettings, type Settings } from '../settings/readSettings.ts'
import { TEST_TOKEN } from '../tracking/token.ts'
import { composeMessage } from './composeMessage.ts'
import type { Written } from './written.ts'

/** Where links lead that belong to no delivery: to pages that say so. */
const TEST_PAGE = `/u/${TEST_TOKEN}`
const TEST_ANSWER = '/s/test'

/** What somebody wants to look at before it is sent. */
export type Previewed = {
  channel: ChannelName
  content: Written
  /** The caller's id; without one the merge tags show their fallbacks. */
  customer?: string | undefined
  /** The caller's id of the provider whose message it would be. */
  provider?: string | undefined
  publicUrl: string
  /** Whether customers can end messages to their telephones by an answer. */
  answers: boolean
}

/** Of an SMS only the text; of a notification no HTML, but the page it opens. */
export type PreviewedMessage = RenderedMessage & { url: string | null; warnings: Mistake[] }

/**
 * The message as one customer would get it, with its links leading straight to their pages. Sends nothing.
 *
 * @throws Problem `invalid` with the path of each mistake in the content, `not_found` for an unknown customer
 */
export async function previewMessage(db: Database, preview: Previewed, now: Date): Promise<PreviewedMessage> {
  const { channel, content, publicUrl, answers } = preview
  const settings = await readSettings(db)
  const message = await composeMessage(db, content, settings, channel)
  const { data, language } = await recipientOf(db, preview, message, settings, now)
  if (channel === 'sms') {
    const text = smsCopy(message.text)(data, language, answers ? null : `${publicUrl}${TEST_PAGE}`)
    return { subject: '', html: '', text, url: null, warnings: [] }
  }
  const rendered = messageTemplate(message)(data, language, {
    to: message.links,
    answers: message.answers.map(() => `${publicUrl}${TEST_ANSWER}`),
    unsubscribe: `${publicUrl}${TEST_PAGE}`,
    pixel: null,
    base: publicUrl,
  })
  if (channel === 'push') {
    return { ...rendered, text: rendered.text.trim(), html: '', url: message.links[0] ?? null, warnings: [] }
  }
  const warnings = 'template' in content || !('subject' in content) ? [] : checkContent(content).warnings
  return { ...rendered, url: null, warnings }
}

async function recipientOf(
  db: Database,
  { customer, provider }: { customer?: string | undefined; provider?: string | undefined },
  message: { subject: string; html: string; text: string },
  settings: Settings,
  now: Date,
): Promise<Recipient> {
  if (customer === undefined) {
    const nobody = { customer: { first_name: null, last_name: null }, business: { name: settings.name } }
    return { data: nobody, language: mailLanguage(null, settings.language) }
  }
  const { customerId, providerId } = await findRecipient(db, customer, provider)
  const read = await mergeReader(db, { settings, providerId }, [message.subject, message.html, message.text])
  const found = (await read([{ id: 0, customer_id: customerId }], now)).get(0)
  if (found === undefined) throw new Problem('not_found', `There is no customer ${customer}`)
  return found
}
