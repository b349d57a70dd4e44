import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { content } from './messages.ts'
import { templateId } from './templates.ts'

const found = z.object({
  verdict: z
    .enum(['good', 'weak', 'missing', 'wrong', 'unknown'])
    .meta({ description: 'unknown: DNS did not answer, so nothing can be said' }),
  why: z
    .enum([
      'several',
      'open',
      'neutral',
      'many_lookups',
      'only_watches',
      'no_policy',
      'no_key',
      'not_signed',
      'no_answers',
    ])
    .nullable(),
  record: z.string().nullable(),
})

const sender = z.object({
  domain: z.string(),
  reserved: z.boolean().meta({ description: 'A name for tests or for machines of one’s own; DNS has none of it' }),
  spf: found,
  dkim: found,
  dmarc: found,
  mx: found,
})

const check = z
  .object({
    sender: sender.meta({ description: 'The records of the domain that mails come from' }),
    findings: z
      .array(
        z.object({
          kind: z.enum([
            'subject_capitals',
            'subject_exclamations',
            'subject_pretends',
            'subject_money',
            'text_capitals',
            'text_exclamations',
            'only_pictures',
            'little_text',
            'no_plain_text',
            'clipped',
            'many_links',
            'link_empty',
            'link_broken',
            'link_scheme',
            'link_private',
            'link_number',
            'link_insecure',
            'link_short',
            'link_example',
            'link_redirect',
            'link_letters',
            'link_shows_other',
            'link_without_words',
            'link_repeated',
          ]),
          href: z.string().optional(),
          text: z.string().optional(),
          count: z.int().optional(),
        }),
      )
      .meta({ description: 'What makes filters and readers suspicious; none of it stops a mail. Up to 100' }),
    findings_count: z.int(),
  })
  .meta({ id: 'MessageCheck' })

export const checkCampaign = endpoint({
  method: 'post',
  path: '/campaigns/check',
  permission: 'campaigns.write',
  audit: false,
  summary: 'Links, the sender’s DNS records, and what looks like spam; sends nothing, and fetches no link',
  maxBytes: 1_048_576,
  body: z
    .strictObject({
      content: content.optional(),
      template: templateId.optional().meta({ description: 'The template whose newest version is looked at' }),
      subject: z.string().max(998).optional().meta({ description: 'In place of that of the template' }),
    })
    .refine((body) => (body.content === undefined) !== (body.template === undefined), {
      error: 'Has to say what is looked at: either “content” or “template”',
    }),
  answer: check,
})
export type MessageCheck = z.infer<typeof check>

export const checkDomains = endpoint({
  method: 'get',
  path: '/settings/sender',
  permission: 'settings.read',
  summary: 'What DNS has now of the domains that mail comes from and comes back to; looked up at each call',
  answer: sender
    .extend({
      return_path: found
        .extend({ domain: z.string() })
        .nullable()
        .meta({ description: 'Where it comes back to what can’t be delivered: its MX; null without such a domain' }),
    })
    .meta({ id: 'SenderDomains' }),
})
export type SenderDomains = z.infer<typeof checkDomains.answer>
