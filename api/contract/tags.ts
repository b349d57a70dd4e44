import { z } from 'zod'
import { externalId, listOf } from './common.ts'
import { customerSearch } from './customers.ts'
import { deliveryFilter } from './deliveries.ts'
import { endpoint } from './endpoint.ts'

/**
 * A tag as it is kept: one form of each letter, no white space around it, one space where there was more inside, and
 * nothing that nobody sees.
 */
export const cleanTag = (tag: string): string =>
  tag
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u200B\u2060\uFEFF\u00AD\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Lists of tags stand in addresses with commas between them, so none has one. */
export const tagName = z
  .string()
  .max(1_000)
  .overwrite(cleanTag)
  .min(1, 'Has to have a letter, a figure or another sign')
  .max(100, 'Allowed are at most 100 characters')
  .refine((tag) => !tag.includes(','), 'Allowed is any text without a comma')
  // the length that is refused is that of what is kept
  .meta({ maxLength: 1_000, description: 'At most 100 characters, once signs that nobody sees are taken out' })

/** The colours that tags can have, by their names in the palette of the pages. */
export const TAG_COLOURS = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'violet',
  'pink',
] as const
export const tagColour = z.enum(TAG_COLOURS)
export type TagColour = z.infer<typeof tagColour>

const tags = z.array(tagName).max(50)

export const tagCustomers = endpoint({
  method: 'post',
  path: '/customers/tag',
  permission: 'customers.write',
  summary:
    'Add and remove tags of many customers: of those named, of all whom a search finds, or of all who got messages',
  maxBytes: 8_388_608,
  body: z
    .strictObject({
      customers: z.array(externalId).min(1).max(100_000).optional(),
      search: customerSearch.optional(),
      deliveries: deliveryFilter.optional().meta({ description: 'The customers to whom these messages went' }),
      add: tags.default([]),
      remove: tags.default([]),
      dry_run: z.boolean().default(false).meta({ description: 'Only says what it would change' }),
    })
    .refine(
      ({ customers, search, deliveries }) =>
        [customers, search, deliveries].filter((one) => one !== undefined).length === 1,
      { error: 'Has to name customers, or a search, or deliveries: one of them' },
    ),
  answer: z.object({
    customers: z.int().meta({ description: 'How many are meant' }),
    changed: z.int().meta({ description: 'For how many of them something changed' }),
    unknown: z.array(z.string()).meta({ description: 'Ids that name nobody' }),
    tagging: z.string().nullable().meta({ description: 'What the act is taken back by, for a week' }),
  }),
})

export const undoTagging = endpoint({
  method: 'delete',
  path: '/taggings/{id}',
  permission: 'customers.write',
  summary: 'Take an act of tagging back: what it put on comes off, what it took off is there again',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
  answer: z.object({ customers: z.int().meta({ description: 'For how many something changed' }) }),
})

export const listTags = endpoint({
  method: 'get',
  path: '/tags',
  permission: 'customers.read',
  summary: 'The tags that there are, commonest first, with how many customers have them',
  query: z.object({
    text: z.string().max(100).optional().meta({ description: 'Part of the tag' }),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  answer: listOf(z.object({ tag: z.string(), customers: z.int(), colour: tagColour.nullable() })),
})

export const setTagColour = endpoint({
  method: 'put',
  path: '/tags/colour',
  permission: 'customers.write',
  summary: 'Give a tag a colour, or take it away',
  body: z.strictObject({ tag: tagName, colour: tagColour.nullable() }),
})

const tagUse = z.object({
  kind: z.enum(['segment', 'automation', 'status_rules', 'view', 'campaign']),
  id: z.string(),
  name: z.string(),
})

export const renameTag = endpoint({
  method: 'post',
  path: '/tags/rename',
  permission: 'customers.write',
  summary:
    'Give a tag another name, everywhere at once; with the name of another tag the two become one. With `dry_run` only what it changes',
  body: z.strictObject({ tag: tagName, to: tagName, dry_run: z.boolean().default(false) }),
  answer: z.object({
    customers: z.int().meta({ description: 'How many have it' }),
    both: z.int().meta({ description: 'How many of them have the other one already' }),
    merges: z
      .boolean()
      .meta({ description: 'The name is a tag already: the two become one, which nothing takes apart again' }),
    uses: z.array(tagUse).meta({ description: 'What names it, and names it by the other name from then on' }),
  }),
})

export const getTagUses = endpoint({
  method: 'get',
  path: '/tags/uses',
  permission: 'segments.write',
  summary: 'What names a tag: segments, automations, status rules, views and planned campaigns',
  query: z.object({ tag: tagName }),
  answer: listOf(tagUse),
})
