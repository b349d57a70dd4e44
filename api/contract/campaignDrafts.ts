import { z } from 'zod'
import { channel, draftName, instant } from './common.ts'
import { endpoint } from './endpoint.ts'
import { document } from './messages.ts'
import { PICKED_BYTES, recipients } from './orders.ts'
import { templateId } from './templates.ts'

const one = z.object({ name: draftName })
/** A number that a draft has from one keeping to the next; it only says “the one that I have seen”. */
const revision = z.int().min(0)

/** Whom a draft goes to, as picked on some page. */
export const draftChoice = z.strictObject({
  recipients,
  count: z.int().min(0),
  label: z.string().max(300).meta({ description: 'Their name for headings' }),
  loyalty: z
    .strictObject({ provider: z.string().max(300) })
    .optional()
    .meta({ description: 'It is the week’s loyalty mailing of a provider, by name' }),
  edits: z
    .strictObject({ id: z.string().regex(/^\d{1,18}$/), revision: z.int().min(1) })
    .optional()
    .meta({ description: 'It changes a planned campaign, as it was at this revision' }),
  copies: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .meta({ description: 'The campaign that it was copied from' }),
})

const chosenTemplate = z.strictObject({ id: templateId, name: z.string().max(300), subject: z.string().max(2_000) })
const written = { subject: z.string().max(5_000), document, template: chosenTemplate.nullable() }

export type DraftChoice = z.infer<typeof draftChoice>

/** What is written, for each channel, and how it is to go out. It may hold mistakes: it is a draft. */
export const draftContent = z.strictObject({
  channel,
  ...written,
  sms: z.strictObject({ text: z.string().max(20_000) }),
  push: z.strictObject({ title: z.string().max(5_000), text: z.string().max(20_000), url: z.string().max(5_000) }),
  options: z.strictObject({
    at: z.string().max(30).nullable().meta({ description: 'A time of the business, 2026-12-01T08:00; null: at once' }),
    spreadMinutes: z.int().min(0).max(100_000).nullable(),
    holdout: z.number().min(0).max(100),
    seed: z.string().max(64),
    compared: z
      .strictObject({
        what: z.enum(['subject', 'template', 'text']),
        ...written,
        share: z.int().min(1).max(100),
        decide: z.enum(['clicks', 'by_hand']),
        afterMinutes: z.int().min(1).max(100_000),
      })
      .nullable(),
  }),
  reward: z.record(z.string().max(30), z.union([z.string().max(50), z.number()])).nullable(),
})
export type DraftContent = z.infer<typeof draftContent>

const summary = z
  .object({
    name: draftName,
    channel,
    title: z.string().meta({ description: 'How it begins; may be empty' }),
    label: z.string(),
    customers: z.int(),
    revision,
    updated_at: instant,
  })
  .meta({ id: 'CampaignDraftSummary' })
export type DraftSummary = z.infer<typeof summary>

export const campaignDraft = summary
  .extend({ choice: draftChoice, content: draftContent })
  .meta({ id: 'CampaignDraft' })
export type CampaignDraft = z.infer<typeof campaignDraft>

export const listCampaignDrafts = endpoint({
  method: 'get',
  path: '/campaign-drafts',
  permission: 'campaigns.write',
  summary: 'The campaigns that one is writing, the one written on last first',
  answer: z.object({ items: z.array(summary), next: z.null() }),
})
export const getCampaignDraft = endpoint({
  method: 'get',
  path: '/campaign-drafts/{name}',
  permission: 'campaigns.write',
  summary: 'A campaign that one is writing',
  params: one,
  answer: campaignDraft,
})
export const keepCampaignDraft = endpoint({
  method: 'put',
  path: '/campaign-drafts/{name}',
  permission: 'campaigns.write',
  audit: false,
  summary: 'Keep what is written; 409 with the draft that is there when it is another one than was seen',
  params: one,
  maxBytes: PICKED_BYTES,
  body: z.strictObject({
    revision: revision
      .nullable()
      .meta({ description: 'Of the draft that was seen and is replaced; null: there was none' }),
    choice: draftChoice.optional().meta({ description: 'Left out: as it is kept' }),
    content: draftContent,
  }),
  answer: z.object({ revision, updated_at: instant }),
})
export const discardCampaignDraft = endpoint({
  method: 'delete',
  path: '/campaign-drafts/{name}',
  permission: 'campaigns.write',
  audit: false,
  summary: 'Throw a draft away',
  params: one,
  query: z.object({ revision: z.coerce.number().int().min(0).optional() }),
})
