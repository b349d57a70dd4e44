import { z } from 'zod'
import { channel, externalId } from './common.ts'
import { endpoint } from './endpoint.ts'
import { templateId } from './templates.ts'

/** The message as the composer edits it: a tree of allowed nodes (ProseMirror's JSON), checked node by node on the server. */
export const document = z.looseObject({ type: z.literal('doc') }).meta({ id: 'Document' })

/** Either the composer's document or HTML, which goes through the same allow-list. */
export const content = z.union([
  z.strictObject({ subject: z.string().max(998), document }),
  z.strictObject({ subject: z.string().max(998), html: z.string().max(200_000) }),
])

/** The newest published version of a template, in place of a content. */
export const template = templateId.meta({
  description: 'The template whose newest version is sent, in place of `content`',
})
export const ONE_MESSAGE = { error: 'Has to say what is sent: either “content” or “template”' }
export const hasOneMessage = (body: { content?: unknown; template?: unknown }) =>
  (body.content === undefined) !== (body.template === undefined)

/** An SMS: text with merge tags. */
export const smsContent = z.strictObject({ text: z.string().max(5_000) })
/** A notification in a browser. */
export const pushContent = z.strictObject({
  title: z.string().max(998),
  text: z.string().max(5_000),
  url: z.string().max(4_096).optional().meta({ description: 'The page that opens when somebody presses it' }),
})

/** What a campaign says, by its channel. */
export const anyContent = z.union([...content.options, smsContent, pushContent])

/** What is looked at before it is sent: a message on a channel, as one customer would get it. */
const looked = {
  channel: channel.default('email'),
  content: anyContent.optional(),
  template: template.optional(),
  subject: z.string().max(998).optional().meta({ description: 'In place of that of the template' }),
  customer: externalId.optional().meta({ description: 'Left out: merge tags show their fallbacks' }),
  provider: externalId.optional(),
}

export const previewContent = endpoint({
  method: 'post',
  path: '/campaigns/preview',
  permission: 'campaigns.write',
  audit: false,
  summary: 'The message as one customer would get it; sends nothing',
  body: z.strictObject(looked).refine(hasOneMessage, ONE_MESSAGE),
  answer: z.object({
    subject: z.string().meta({ description: 'Of a notification its title; empty for an SMS' }),
    html: z.string().meta({ description: 'Empty but for mails' }),
    text: z.string(),
    url: z.string().nullable().meta({ description: 'The page that a notification opens' }),
    warnings: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
})

/** A subscription as a browser writes it. */
export const pushSubscription = z.object({
  endpoint: z.string().max(1_000),
  keys: z.object({ p256dh: z.string().max(100), auth: z.string().max(40) }),
})

export const testCampaign = endpoint({
  method: 'post',
  path: '/campaigns/test',
  permission: 'campaigns.write',
  audit: false,
  summary: 'Send the message to oneself, as one customer would get it',
  once: true,
  body: z
    .strictObject({
      ...looked,
      phone: z.string().max(50).optional().meta({ description: 'Where an SMS goes' }),
      browser: pushSubscription.optional().meta({ description: 'Where a notification goes' }),
    })
    .refine(hasOneMessage, ONE_MESSAGE),
  answer: z.object({ address: z.string().meta({ description: 'Of a notification the push service' }) }),
  status: 202,
})
