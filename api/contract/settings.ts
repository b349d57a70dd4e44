import { z } from 'zod'
import { channel, instant } from './common.ts'
import { endpoint } from './endpoint.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, like 21:30')

/** A name in DNS, in lower case. */
const hostName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'A name in DNS, like mail.example.org',
  )

const aMinute = z.int().min(1).max(1_000_000)
const rateLimits = z.strictObject({
  per_campaign: aMinute.optional(),
  channels: z.partialRecord(channel, aMinute).optional(),
  domains: z
    .record(hostName, aMinute)
    .refine((domains) => Object.keys(domains).length <= 100, 'At most 100 domains')
    .optional()
    .meta({ description: 'By the part of a mail address behind its @' }),
})

export const settings = z
  .object({
    name: z.string().min(1).max(200),
    time_zone: z.string().max(64).meta({ description: 'An IANA time zone' }),
    currency: z.string().regex(/^[A-Z]{3}$/),
    language: z.enum(['en', 'fr', 'it', 'de']),
    sender_name: z.string().max(200),
    sender_email: z.email(),
    mail_unknown_consent: z.boolean(),
    approval_above: z.int().min(0).max(100_000_000).nullable().meta({
      description: 'A campaign to more customers than this waits until a second person approves it; null: none does',
    }),
    frequency_cap: z
      .strictObject({ mails: z.int().min(1).max(1_000), days: z.int().min(1).max(366) })
      .nullable()
      .meta({
        description: 'At most so many messages to one customer within so many days of 24 hours, over all channels',
      }),
    quiet_hours: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to, 'Begins and ends at the same time: null is for none')
      .nullable()
      .meta({ description: 'Local times between which nothing is sent; may go over midnight' }),
    rate_limits: rateLimits.nullable().meta({ description: 'The most messages a minute, over all workers' }),
    phone_prefix: z
      .string()
      .regex(/^\+[1-9]\d{0,3}$/, 'The code of a country, like +49')
      .nullable()
      .meta({ description: 'What telephone numbers without a country begin with' }),
    dkim: z
      .strictObject({ domain: hostName, selector: hostName })
      .nullable()
      .meta({ description: 'Mail is signed for this domain, with the key that DNS has under this selector' }),
    bounce_domain: hostName.nullable().meta({
      description: 'What mail servers can’t deliver comes back to this domain, whose MX leads to our listener',
    }),
    loyalty_reward: z
      .object({
        rate: z.number().min(0).max(1).meta({ description: 'Of the reading’s price; reckoned in millionths' }),
        to: z.enum(['provider', 'business']),
        days: z.int().min(1).max(731).optional().meta({
          description: 'For readings within so many days after the mail; without it, within the voucher’s period',
        }),
      })
      .nullable()
      .meta({
        description: 'What readings that a loyalty mail with a voucher brought about earn; for mails from now on',
      }),
    free_minutes_carry_on: z.boolean().meta({
      description: 'Free minutes that are left after a use can be used until their period ends',
    }),
    attribution_days: z.int().min(1).max(90).meta({
      description: 'A booking belongs to the message clicked last, else the last one, of so many days before it',
    }),
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settings>

export const getSettings = endpoint({
  method: 'get',
  path: '/settings',
  permission: 'settings.read',
  summary: 'The business’s settings',
  answer: settings,
})
export const putSettings = endpoint({
  method: 'put',
  path: '/settings',
  permission: 'settings.write',
  summary: 'Change settings; what is left out stays',
  body: settings.partial(),
  answer: settings,
})

export const previewTimeZone = endpoint({
  method: 'get',
  path: '/settings/time-zone-change',
  permission: 'settings.write',
  summary: 'What another time zone would do: how much would lie on another day, and who is looked at again',
  query: z.object({ time_zone: settings.shape.time_zone }),
  answer: z.object({
    time_zone: z.string(),
    customers: z.int().meta({ description: 'Would have joined on another day' }),
    bookings: z.int().meta({ description: 'Would lie on another day, as payments and interactions' }),
    payments: z.int(),
    interactions: z.int(),
    relationships: z.int().meta({ description: 'Customers, for the whole business and for each provider, to look at' }),
    too_many: z.boolean().meta({ description: 'There is more than one call can move: it would be refused' }),
  }),
})
export const getRecomputing = endpoint({
  method: 'get',
  path: '/settings/recomputing',
  permission: 'settings.read',
  summary: 'How many relationships wait to be looked at again, after a changed time zone or anything else',
  answer: z.object({ waiting: z.int() }),
})

const linkKeys = z.object({
  items: z.array(
    z.object({ version: z.int(), created_at: instant, signs: z.boolean().meta({ description: 'The newest does' }) }),
  ),
  next: z.null(),
})

export const listLinkKeys = endpoint({
  method: 'get',
  path: '/link-keys',
  permission: 'settings.write',
  summary: 'The keys that links in mails are signed with, newest first; never their values',
  answer: linkKeys,
})
export const rotateLinkKey = endpoint({
  method: 'post',
  path: '/link-keys',
  permission: 'settings.write',
  summary: 'Sign with a new key from now on; links that older ones signed go on working',
  once: true,
  answer: linkKeys,
  status: 201,
})
export const removeLinkKey = endpoint({
  method: 'delete',
  path: '/link-keys/{version}',
  permission: 'settings.write',
  summary: 'Forget an old key: no link that it has signed works any more',
  params: z.object({ version: z.coerce.number().int().min(1).max(4_294_967_295) }),
})
