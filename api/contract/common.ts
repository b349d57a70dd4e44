import { z } from 'zod'

/** The caller's own identifier of an ingested thing. */
export const externalId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'Allowed are 1 to 64 of A-Z a-z 0-9 . _ : -')
  .meta({ description: 'The caller’s own identifier' })

/** The identifier of a segment. Its column is ASCII: other text would not compare. */
export const segmentId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -')

/** A text that is looked for in a column of ASCII, with which other text would not compare. */
export const printable = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x20-\x7e]*$/, 'Allowed are printable ASCII characters')

/** An RFC 3339 instant with its offset. */
export const instant = z.iso.datetime({
  offset: true,
  abort: true,
  error: 'Has to be an instant with its offset, like 2026-11-25T18:00:00+01:00 (RFC 3339)',
})

/** A calendar day of the business, `YYYY-MM-DD`. */
export const day = z.iso.date({ abort: true, error: 'Has to be a day of the calendar, like 2026-11-25' })

/** An amount in minor units of the business's currency. */
export const money = z.int()

export const channel = z.enum(['email', 'sms', 'push'])
export const gender = z.enum(['female', 'male', 'diverse'])
export const status = z.enum(['lead', 'customer', 'vip'])

/** Which part of a list is asked for: `cursor` is the `next` of the part before. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50).meta({ description: 'How many at most' }),
  cursor: z.string().max(500).optional().meta({ description: 'The `next` of the part before' }),
})

/** A part of a list; `next` is null at its end. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The `cursor` of the next part; null at the end' }),
  })

/** {@link listOf} with the number of all items. */
export const countedListOf = <Item extends z.ZodType>(item: Item) => listOf(item).extend({ total: z.int() })

/** A query parameter that may be given several times or with commas: `?gender=female,male`. */
export const several = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : [value].flat().flatMap((part) => String(part).split(','))),
    z.array(item).max(100).optional(),
  )

/** What customers speak: a language tag, as sources of facts say it. */
export const languageTag = z
  .string()
  .max(10)
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$/, 'A language tag, such as en or pt-BR')

/** The kinds of mail that somebody can do without one by one, or all of them. */
export const suppressionKind = z.enum(['all', 'one_off', 'loyalty', 'automation'])

/** Under which name somebody keeps a draft of a campaign; each person has names of their own. */
export const draftName = z.string().regex(/^[A-Za-z0-9._:|-]{1,250}$/, 'Allowed are 1 to 250 of A-Z a-z 0-9 . _ : | -')
