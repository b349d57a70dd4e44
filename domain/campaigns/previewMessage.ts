import type { Database } from '../database.ts'
import { mergeReader, type Recipient } from '../deliveries/readMergeData.ts'
import { type Mistake, Problem } from '../errors.ts'
import { checkContent } from '../messages/checkContent.ts'
import { findRecipient } from '../messages/findRecipient.ts'
import { messageTemplate, type RenderedMessage } from '../messages/renderMessage.ts'
import { mailLanguage } from '../messages/words.ts'
import { readSettings, type Settings } from '../settings/readSettings.ts'
import { composeMessage } from './composeMessage.ts'
import type { WrittenMail } from './written.ts'

/** Where links lead that belong to no delivery: to pages that say so. */
const TEST_PAGE = '/u/test'
const TEST_ANSWER = '/s/test'

/**
 * The message as one customer would get it, with its links leading straight to their pages. Sends nothing.
 *
 * @param customer the caller's id of a customer; without one the merge tags show their fallbacks
 * @param provider the caller's id of the provider whose message it would be
 * @throws Problem `invalid` with the path of each mistake in the content, `not_found` for an unknown customer
 */
export async function previewMessage(
  db: Database,
  preview: {
    content: WrittenMail
    customer?: string | undefined
    provider?: string | undefined
    publicUrl: string
  },
  now: Date,
): Promise<RenderedMessage & { warnings: Mistake[] }> {
  const { content, publicUrl } = preview
  const settings = await readSettings(db)
  const message = await composeMessage(db, content, settings)
  const { data, language } = await recipientOf(db, preview, message, settings, now)
  const rendered = messageTemplate(message)(data, language, {
    to: message.links,
    answers: message.answers.map(() => `${publicUrl}${TEST_ANSWER}`),
    unsubscribe: `${publicUrl}${TEST_PAGE}`,
    pixel: null,
    base: publicUrl,
  })
  return { ...rendered, warnings: 'template' in content ? [] : checkContent(content).warnings }
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
