import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { AwsV4Signer } from 'aws4fetch'
import { isSvg, readPicture } from '../../domain/images/picture.ts'
import { s3Store } from '../../domain/images/s3Store.ts'
import { galleryIn, galleryPicture } from '../../domain/templates/gallery/readGallery.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** A PNG that says this size; what follows its head is of no matter. */
function png(width: number, height: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([head, size, Buffer.from([8, 6, 0, 0, 0, 0, 0, 0, 0]), deflateSync(Buffer.alloc(40))])
}
const REAL = galleryPicture(/\/i\/([0-9a-f]{64})/.exec(galleryIn('en')[0]?.content.mjml ?? '')?.[1] ?? '') ?? png(2, 2)
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800200040030122000211010311010000', 'hex')
const SVG = Buffer.from(
  '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
)

type Image = { id: string; path: string; url: string; type: string; width: number; height: number; alt: string }
type Refused = { errors: { path: string; message: string }[] }
const upload = <Body = Image>(bytes: Buffer, more: object = { alt: 'A sun' }) =>
  api.call<Body>('post', '/images', { data: bytes.toString('base64'), ...more })

test('kinds and sizes are read from the bytes', () => {
  expect(readPicture(REAL)).toEqual({ type: 'image/png', width: 1200, height: 440 })
  expect(readPicture(GIF)).toEqual({ type: 'image/gif', width: 1, height: 1 })
  expect(readPicture(JPEG)).toEqual({ type: 'image/jpeg', width: 64, height: 32 })
  const webp = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X'), Buffer.alloc(8), Buffer.from([99, 0, 0, 49, 0, 0])])
  expect(readPicture(webp)).toEqual({ type: 'image/webp', width: 100, height: 50 })
  expect(isSvg(SVG)).toBe(true)
  for (let length = 0; length < 60; length++) {
    for (const whole of [REAL, GIF, JPEG, webp, SVG]) expect(() => readPicture(whole.subarray(0, length))).not.toThrow()
  }
})

test('a picture is stored once, and served to anybody under an address that never shows another', async () => {
  const made = await upload(REAL, { alt: 'Hills and a sun', name: 'hills.png' })
  expect([made.status, made.body.type, made.body.width]).toEqual([201, 'image/png', 1200])
  const again = await upload(REAL, { alt: 'Hills' })
  expect([again.body.id, again.body.alt]).toEqual([made.body.id, 'Hills'])
  const list = await api.call<{ items: Image[] }>('get', '/images')
  expect(list.body.items.filter(({ id }) => id === made.body.id)).toHaveLength(1)
  const other = await upload(GIF)
  const served = await fetch(`${api.url}${other.body.path}`)
  expect(Buffer.from(await served.arrayBuffer()).equals(GIF)).toBe(true)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/gif',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'cross-origin',
  })
})

test('what is no picture for a mail is refused in words', async () => {
  for (const [bytes, says] of [
    [SVG, /save it as PNG/],
    [Buffer.from('<html><script>alert(1)</script>'), /PNG, JPEG, GIF and WebP/],
    [Buffer.from('GIF89a<script>'.slice(0, 10)), /PNG, JPEG/],
    [png(0, 10), /no size/],
    [png(100_000, 100_000), /5000 pixels/],
    [Buffer.concat([png(10, 10), Buffer.alloc(5_300_000)]), /5 MB|Too big/],
  ] as const) {
    const refused = await upload<Refused>(bytes)
    expect(refused.status).toBe(400)
    expect(refused.body.errors[0]?.message).toMatch(says)
  }
  expect((await upload<Refused>(GIF, {})).body.errors[0]?.path).toBe('/alt')
})

test('a page hidden behind a picture is served as a picture', async () => {
  const both = Buffer.concat([GIF, Buffer.from('<script>alert(1)</script>')])
  const { body } = await upload(both)
  const served = await fetch(`${api.url}${body.path}`)
  expect([served.headers.get('content-type'), served.headers.get('x-content-type-options')]).toEqual([
    'image/gif',
    'nosniff',
  ])
  for (const path of [
    '/i/x',
    `/i/${'a'.repeat(64)}.png`,
    `/i/${body.id}.svg`,
    `/i/${body.id}.html`,
    '/i/..%2f..%2fetc%2fpasswd',
  ]) {
    expect((await fetch(`${api.url}${path}`)).status).toBe(404)
  }
})

/** A storage that keeps objects and believes only what is signed with its key, as S3 does. */
function startBucket(secretAccessKey: string): Promise<{ server: Server; url: string }> {
  const objects = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const body = Buffer.concat(parts)
      const url = `http://${request.headers.host}${request.url}`
      const headers: Record<string, string> = {}
      for (const name of ['x-amz-date', 'x-amz-content-sha256', 'content-type', 'cache-control']) {
        const value = request.headers[name]
        if (typeof value === 'string') headers[name] = value
      }
      const signer = new AwsV4Signer({
        url,
        method: request.method ?? 'GET',
        headers,
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
        accessKeyId: 'key',
        secretAccessKey,
        region: 'eu-central-1',
        service: 's3',
        ...(typeof request.headers['x-amz-date'] === 'string' ? { datetime: request.headers['x-amz-date'] } : {}),
      })
      const signed = await signer.sign()
      const found = objects.get(request.url ?? '')
      if (signed.headers.get('authorization') !== request.headers.authorization) response.writeHead(403).end()
      else if (request.method === 'PUT') {
        objects.set(request.url ?? '', body)
        response.writeHead(200).end()
      } else if (found === undefined) response.writeHead(404).end()
      else response.writeHead(200).end(found)
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pictures` })
    })
  })
}

test('an S3-compatible storage keeps them instead, with signed calls', async () => {
  const { server, url } = await startBucket('secret')
  try {
    const settings = { bucketUrl: url, region: 'eu-central-1', accessKeyId: 'key', secretAccessKey: 'secret' }
    const store = s3Store(settings)
    const hash = 'b'.repeat(64)
    expect(await store.get(hash)).toBeNull()
    await store.put(hash, GIF, 'image/gif')
    expect((await store.get(hash))?.equals(GIF)).toBe(true)
    const wrong = s3Store({ ...settings, secretAccessKey: 'other' })
    await expect(wrong.put(hash, GIF, 'image/gif')).rejects.toMatchObject({ code: 'unavailable' })
  } finally {
    server.close()
    server.closeAllConnections()
  }
  const gone = s3Store({ bucketUrl: url, region: 'x', accessKeyId: 'k', secretAccessKey: 's' })
  await expect(gone.get('c'.repeat(64))).rejects.toMatchObject({ code: 'unavailable' })
})
