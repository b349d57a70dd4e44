import { z } from 'zod'
import { instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const imageId = z.string().regex(/^[0-9a-f]{64}$/, 'The SHA-256 of the picture, in lower-case hex')
/** Looks for what does not belong there: a pattern over the whole of a large picture runs out of the engine's stack. */
const isBase64 = (text: string): boolean =>
  text !== '' && !/[^A-Za-z0-9+/=]/.test(text) && !text.slice(0, -2).includes('=')

const alt = z.string().max(500).meta({ description: 'What it shows, in words; empty for what only decorates' })

export const image = z
  .object({
    id: imageId,
    path: z
      .string()
      .meta({ description: 'For `src` in a template: it is completed with the public address by itself' }),
    url: z.string().meta({ description: 'The public address; it never shows another picture' }),
    type: z.string(),
    width: z.int(),
    height: z.int(),
    size: z.int().meta({ description: 'In bytes' }),
    name: z.string(),
    alt,
    created_at: instant,
    created_by: z.string().nullable(),
  })
  .meta({ id: 'Image' })

export const storeImage = endpoint({
  method: 'post',
  path: '/images',
  permission: 'images.write',
  summary: 'Store a picture for mails: PNG, JPEG, GIF or WebP, at most 5 MB and 5,000 pixels wide and high',
  maxBytes: 7_340_032,
  body: z.strictObject({
    data: z.string().max(7_000_000).refine(isBase64, 'Has to be base64').meta({ description: 'The bytes in base64' }),
    name: z.string().max(200).default(''),
    alt,
  }),
  answer: image,
  status: 201,
})

export const listImages = endpoint({
  method: 'get',
  path: '/images',
  permission: 'images.read',
  summary: 'Pictures for mails, newest first',
  query: page,
  answer: listOf(image),
})

export const describeImage = endpoint({
  method: 'patch',
  path: '/images/{id}',
  permission: 'images.write',
  summary: 'Say anew what a picture shows',
  params: z.object({ id: imageId }),
  body: z.strictObject({ alt }),
  answer: image,
})
