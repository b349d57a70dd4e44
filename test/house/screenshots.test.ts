import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { ROOT } from '../../scripts/parts/root.ts'
import { PICTURES } from '../../scripts/screenshots/pictures.ts'
import { shrinkPng } from '../../scripts/screenshots/shrinkPng.ts'

const IMAGES = join(ROOT, 'docs/images')
/** What all pictures may weigh together, in bytes: everybody who clones gets them. */
const MOST = 6_000_000

const files = PICTURES.flatMap(({ name, also = [] }) => ['', ...also].map((size) => `${name}${size && `-${size}`}.png`))

test('every page of the router has a picture', () => {
  const source = readFileSync(join(ROOT, 'ui/app/routes.tsx'), 'utf8')
  const pages = [...source.matchAll(/path: '([^']+)'/g)].map(([, path]) => path)
  expect(pages.length).toBeGreaterThan(40)
  expect(pages.filter((page) => !PICTURES.some(({ route }) => route === page))).toEqual([])
  expect(PICTURES.filter(({ route }) => route !== null && !pages.includes(route))).toEqual([])
})

test('the pictures that are declared are there, no others, and they are light', () => {
  expect(readdirSync(IMAGES).sort()).toEqual(files.toSorted())
  expect(files.reduce((sum, file) => sum + statSync(join(IMAGES, file)).size, 0)).toBeLessThan(MOST)
})

test('what the documentation shows is there', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ]
  const shown = pages.flatMap((page) => [
    ...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?:docs\/)?images\/([^)]+)\)/g),
  ])
  expect(shown.length).toBeGreaterThan(10)
  expect(shown.map(([, file]) => file).filter((file) => !files.includes(file ?? ''))).toEqual([])
})

/** A PNG as browsers make it, of pixels with one number each. */
function pngOf(width: number, pixels: readonly number[]): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(pixels.length / width, 4)
  head.set([8, 2], 8)
  const lines: number[] = []
  pixels.forEach((pixel, place) => {
    if (place % width === 0) lines.push(0)
    lines.push(pixel >> 16, (pixel >> 8) & 255, pixel & 255)
  })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    ...[signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(lines))), chunk('IEND', Buffer.alloc(0))],
  ])
}

const wordsOf = (png: Buffer, type: string) => {
  const at = png.indexOf(type, 0, 'latin1')
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))
}

test('a shrunken picture keeps the colours of its ground exactly', () => {
  const shades = Array.from({ length: 3_000 }, (_, place) => (place * 5_557) & 0xffffff)
  const small = shrinkPng(pngOf(100, [...Array(7_000).fill(0xf8f9fb), ...shades]))
  const table = wordsOf(small, 'PLTE')
  expect(table.length).toBe(256 * 3)
  expect([...table.subarray(0, 3)]).toEqual([0xf8, 0xf9, 0xfb])
  expect(wordsOf(small, 'IHDR').readUInt32BE(0)).toBe(100)
})
