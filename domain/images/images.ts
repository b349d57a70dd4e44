import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { cleanText, oneLine } from '../messages/cleanText.ts'
import type { ImageStore } from './imageStore.ts'
import { isSvg, PICTURE_TYPES, type Picture, type PictureType, readPicture } from './picture.ts'

/** The largest picture in bytes, and its longest side in pixels: far more than a mail shows. */
export const MAX_BYTES = 5 * 1_048_576
const MAX_SIDE = 5_000

export type Image = Picture & {
  id: number
  hash: string
  /** In bytes. */
  size: number
  name: string
  /** What it shows, in words; empty for what only decorates. */
  alt: string
  createdAt: Date
  createdBy: string | null
}

/** The path under which anybody can load a picture, and which never shows another one. */
export const imagePath = ({ hash, type }: Pick<Image, 'hash' | 'type'>): string => `/i/${hash}.${PICTURE_TYPES[type]}`

/**
 * Stores a picture. The same one a second time is the same one, with the name and words that are given now.
 *
 * @throws Problem 'invalid' for what is no picture that mail programs show, too large, or an SVG
 */
export async function storeImage(
  db: Database,
  store: ImageStore,
  image: { bytes: Buffer; name: string; alt: string },
  by: string,
  now: Date,
): Promise<Image> {
  const { bytes } = image
  const { type, width, height } = requirePicture(bytes)
  const hash = createHash('sha256').update(bytes).digest('hex')
  // the bytes first: a row without them would be a broken picture in somebody's mail
  await store.put(hash, bytes, type)
  const [name, alt] = [oneLine(image.name).slice(0, 200), oneLine(cleanText(image.alt)).slice(0, 500)]
  await execute(
    db,
    `INSERT INTO images (hash, type, width, height, size, name, alt, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), alt = VALUES(alt)`,
    [hash, type, width, height, bytes.length, name, alt, now, by],
  )
  return readImage(db, hash)
}

function requirePicture(bytes: Buffer): Picture {
  const refuse = (message: string) => new Problem('invalid', message, [{ path: '/data', message }])
  if (bytes.length === 0) throw refuse('The picture is empty')
  if (bytes.length > MAX_BYTES) throw refuse(`A picture may have ${MAX_BYTES / 1_048_576} MB`)
  const picture = readPicture(bytes)
  if (picture === null && isSvg(bytes)) {
    throw refuse('Mail programs show no SVG, and it may hold scripts: save it as PNG')
  }
  if (picture === null) throw refuse('Allowed are PNG, JPEG, GIF and WebP; this is none of them, or damaged')
  const { width, height } = picture
  if (width === 0 || height === 0) throw refuse('The picture says that it has no size: it is damaged')
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw refuse(`A picture may be ${MAX_SIDE} pixels wide and high; this one is ${width} × ${height}`)
  }
  return picture
}

type Row = {
  id: number
  hash: string
  type: PictureType
  width: number
  height: number
  size: number
  name: string
  alt: string
  created_at: Date
  created_by: string | null
}

const SELECT = 'SELECT id, hash, type, width, height, size, name, alt, created_at, created_by FROM images'

/** One picture. @throws Problem 'not_found' */
export async function readImage(db: Database, hash: string): Promise<Image> {
  const [row] = await rows<Row>(db, `${SELECT} WHERE hash = ?`, [hash])
  if (row === undefined) throw new Problem('not_found', 'There is no such picture.')
  return shown(row)
}

/** Pictures, newest first. */
export async function listImages(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<Image[]> {
  const bindings: Knex.RawBinding[] = before === null ? [] : [before]
  const sql = `${SELECT} ${before === null ? '' : 'WHERE id < ?'} ORDER BY id DESC LIMIT ?`
  return (await rows<Row>(db, sql, [...bindings, limit])).map(shown)
}

/** Says anew what a picture shows. @throws Problem 'not_found' */
export async function describeImage(db: Database, hash: string, alt: string): Promise<Image> {
  await execute(db, 'UPDATE images SET alt = ? WHERE hash = ?', [oneLine(cleanText(alt)).slice(0, 500), hash])
  return readImage(db, hash)
}

const shown = ({ created_at: createdAt, created_by: createdBy, ...row }: Row): Image => ({
  ...row,
  createdAt,
  createdBy,
})
