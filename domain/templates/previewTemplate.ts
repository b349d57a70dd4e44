import type { Database } from '../database.ts'
import { mergeReader } from '../deliveries/readMergeData.ts'
import { Problem } from '../errors.ts'
import { exampleValues } from '../messages/exampleValues.ts'
import { findRecipient } from '../messages/findRecipient.ts'
import type { LiquidValues } from '../messages/liquid.ts'
import { mergeValues } from '../messages/mergeTags.ts'
import { type MailLinks, mailValues, type RenderedMessage } from '../messages/renderMessage.ts'
import { type MailLanguage, mailLanguage } from '../messages/words.ts'
import { readSettings, type Settings } from '../settings/readSettings.ts'
import type { Warning } from './compile/compiled.ts'
import { compileTemplate, renderUntrusted } from './compile/compileTemplate.ts'
import type { TemplateContent, TemplateLanguage } from './content.ts'

/** Where Gmail stops and hides the rest behind a link, in bytes of HTML. */
export const CLIPPED_AT = 102 * 1024

export type TemplatePreview = RenderedMessage & {
  preheader: string
  /** Of the HTML, in bytes. */
  size: number
  /** How many pages it links to. */
  links: number
  warnings: Warning[]
}

/** Pages of links that belong to no delivery: they say so. */
const TEST_TOKEN = 'test'

/**
 * A template as one customer would get it, or as its test data say. Sends nothing and keeps nothing. Links lead straight
 * to their pages.
 *
 * @param customer the caller's id of a customer; without one, examples stand in the merge tags, and over them the test data
 * @param provider the caller's id of the provider whose message it would be
 * @param at the JSON Pointer of the content in the request
 * @throws Problem 'invalid' with line and column of each mistake; 'not_found' for an unknown customer
 */
export async function previewTemplate(
  db: Database,
  preview: {
    content: TemplateContent
    language: TemplateLanguage
    customer?: string | undefined
    provider?: string | undefined
    publicUrl: string
    at: string
  },
  now: Date,
): Promise<TemplatePreview> {
  const { content, publicUrl, at } = preview
  const settings = await readSettings(db)
  // somebody who is still writing has no subject yet: a blank one is no reason not to show the rest
  const written = content.subject.trim() === '' ? { ...content, subject: '—' } : content
  const compiled = await compileTemplate(written, preview.language, at)
  const { values, language } = await valuesOf(db, preview, settings, now)
  const links: MailLinks = {
    to: compiled.links,
    answers: compiled.answers.map(() => `${publicUrl}/s/${TEST_TOKEN}`),
    unsubscribe: `${publicUrl}/u/${TEST_TOKEN}`,
    pixel: null,
    base: publicUrl,
  }
  const all = mailValues(values, settings.name, language, links)
  const subject = content.subject
  const rendered = await renderUntrusted({ ...compiled, subject }, all, { pixel: null, at })
  const { text: preheader } = await renderUntrusted({ subject: '', html: '', text: content.preheader }, all, {
    pixel: null,
    at,
  })
  const size = Buffer.byteLength(rendered.html)
  const mistakes = rendered.html.includes(`${publicUrl}/u/${TEST_TOKEN}`) ? [] : [NO_UNSUBSCRIBE]
  return {
    ...rendered,
    preheader,
    size,
    links: compiled.links.length,
    warnings: [...compiled.warnings, ...sizeWarnings(size, at), ...mistakes],
  }
}

const NO_UNSUBSCRIBE: Warning = {
  code: 'no_unsubscribe',
  path: '/mjml',
  message: 'This customer would not find how to unsubscribe',
}

function sizeWarnings(size: number, at: string): Warning[] {
  if (size <= CLIPPED_AT) return []
  const message = `Gmail shows the first 102 KB and hides the rest; this mail has ${Math.ceil(size / 1024)} KB`
  return [{ code: 'clipped', path: `${at}/mjml`, message }]
}

async function valuesOf(
  db: Database,
  preview: {
    content: TemplateContent
    language: TemplateLanguage
    customer?: string | undefined
    provider?: string | undefined
  },
  settings: Settings,
  now: Date,
): Promise<{ values: LiquidValues; language: MailLanguage }> {
  const { content, language, customer, provider } = preview
  if (customer === undefined) {
    const examples = {
      ...exampleValues(language, settings.currency),
      business: { name: settings.name, email: settings.senderEmail },
    }
    return { values: merged(examples, content.testData), language: mailLanguage(language, settings.language) }
  }
  const { customerId, providerId } = await findRecipient(db, customer, provider)
  const liquid = [content.mjml, content.subject, content.preheader, content.text ?? '']
  const read = await mergeReader(db, { settings, providerId }, liquid)
  const found = (await read([{ id: 0, customer_id: customerId }], now)).get(0)
  if (found === undefined) throw new Problem('not_found', `There is no customer ${customer}`)
  return { values: mergeValues(found.data), language: found.language }
}

/** Test data over examples, group by group. */
function merged(examples: LiquidValues, own: Record<string, unknown>): LiquidValues {
  const values: LiquidValues = { ...examples }
  for (const [name, value] of Object.entries(own)) {
    const known = values[name]
    values[name] = isGroup(known) && isGroup(value) ? { ...known, ...value } : value
  }
  return values
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
