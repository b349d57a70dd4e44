import { type Request, type Response, Router } from 'express'
import { databaseStore } from '../domain/images/imageStore.ts'
import {
  describeImage as describe,
  type Image,
  imagePath,
  listImages as list,
  storeImage as store,
} from '../domain/images/images.ts'
import { PICTURE_TYPES, type PictureType } from '../domain/images/picture.ts'
import { galleryPicture } from '../domain/templates/gallery/readGallery.ts'
import { callerName } from './callerName.ts'
import { describeImage, listImages, storeImage } from './contract/images.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

const storeOf = ({ images, db }: Services) => images ?? databaseStore(db)

function shown(image: Image, { publicUrl }: Services) {
  const { hash, createdAt, createdBy, type, width, height, size, name, alt } = image
  const path = imagePath(image)
  return {
    id: hash,
    path,
    url: `${publicUrl}${path}`,
    ...{ type, width, height, size, name, alt },
    created_at: createdAt.toISOString(),
    created_by: createdBy,
  }
}

export const imageRoutes: Route[] = [
  route(storeImage, async ({ body, caller, services }) => {
    const { name, alt } = body
    const image = { bytes: Buffer.from(body.data, 'base64'), name, alt }
    return shown(await store(services.db, storeOf(services), image, callerName(caller), services.now()), services)
  }),

  route(listImages, async ({ query, services }) => {
    const { limit, cursor } = query
    const found = await list(services.db, { limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return {
      items: page.map((image) => shown(image, services)),
      next: found.length > limit ? String(page.at(-1)?.id) : null,
    }
  }),

  route(describeImage, async ({ params, body, services }) =>
    shown(await describe(services.db, params.id, body.alt), services),
  ),
]

/**
 * Pictures as mails load them: by the hash of their content, without sign-in, and never another one. Whatever a file may
 * hold beside its picture, browsers take it for nothing else.
 */
export function imageRouter(services: Services): Router {
  const router = Router()
  router.get('/i/:file', async (request: Request, response: Response) => {
    const { file } = request.params
    const [, hash = '', ending = ''] = /^([0-9a-f]{64})\.(\w+)$/.exec(typeof file === 'string' ? file : '') ?? []
    const type = typeOf(ending)
    const bytes = type === null ? null : (galleryPicture(hash) ?? (await storeOf(services).get(hash)))
    if (type === null || bytes === null) {
      response.status(404).set('Cache-Control', 'no-store').type('text').send('There is no such picture.')
      return
    }
    response.set({
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Disposition': `inline; filename="${hash.slice(0, 12)}.${ending}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    response.status(200).end(bytes)
  })
  return router
}

const typeOf = (ending: string): PictureType | null =>
  (Object.entries(PICTURE_TYPES) as [PictureType, string][]).find(([, own]) => own === ending)?.[0] ?? null
