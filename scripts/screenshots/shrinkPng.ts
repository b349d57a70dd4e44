import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Colours of the result: as many as one byte can name. */
const COLOURS = 256
/** So many of the commonest colours stay exactly as they are: the grounds and lines of a page. */
const EXACT = 128

type Pixels = { width: number; height: number /** One number for each: 0xRRGGBB. */; colours: Uint32Array }

/**
 * Makes the picture of a page small: 256 colours, the commonest of them exact. A page has few colours and thousands of shades
 * at the edges of its letters, so nothing that an eye sees is lost, and about two thirds of the bytes are.
 *
 * @param png as a browser makes it: 8 bits for each channel, not interlaced
 * @throws Error for any other kind of PNG
 */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, colours } = readPng(png)
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = choose(counts)
  const places = new Map<number, number>()
  for (const colour of counts.keys()) places.set(colour, nearest(palette, colour))

  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) lines[y * (width + 1) + 1 + x] = places.get(colours[y * width + x] ?? 0) ?? 0
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The commonest colours, and of the rest the means of boxes that are halved where they are widest (median cut). */
function choose(counts: ReadonlyMap<number, number>): number[] {
  const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  if (sorted.length <= COLOURS) return sorted
  const boxes = [sorted.slice(EXACT)]
  while (boxes.length < COLOURS - EXACT) {
    const widest = boxes
      .map((box, place) => ({ place, box, ...widestSide(box) }))
      .sort((one, other) => other.width * Math.sqrt(other.box.length) - one.width * Math.sqrt(one.box.length))[0]
    if (widest === undefined || widest.width === 0) break
    const { place, box, shift } = widest
    box.sort((one, other) => ((one >> shift) & 255) - ((other >> shift) & 255))
    boxes.splice(place, 1, box.slice(0, box.length >> 1), box.slice(box.length >> 1))
  }
  return [...sorted.slice(0, EXACT), ...boxes.map((box) => mean(box, counts))]
}

function widestSide(box: readonly number[]): { shift: number; width: number } {
  let found = { shift: 0, width: 0 }
  for (const shift of [16, 8, 0]) {
    let least = 255
    let most = 0
    for (const colour of box) {
      const value = (colour >> shift) & 255
      if (value < least) least = value
      if (value > most) most = value
    }
    if (most - least > found.width) found = { shift, width: most - least }
  }
  return found
}

function mean(box: readonly number[], counts: ReadonlyMap<number, number>): number {
  let all = 0
  const sums = [0, 0, 0]
  for (const colour of box) {
    const count = counts.get(colour) ?? 1
    all += count
    ;[16, 8, 0].forEach((shift, place) => {
      sums[place] = (sums[place] ?? 0) + count * ((colour >> shift) & 255)
    })
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => Math.round(sum / all))
  return (red << 16) | (green << 8) | blue
}

function nearest(palette: readonly number[], colour: number): number {
  let found = 0
  let least = Number.POSITIVE_INFINITY
  for (let place = 0; place < palette.length; place += 1) {
    const other = palette[place] ?? 0
    const red = (other >> 16) - (colour >> 16)
    const green = ((other >> 8) & 255) - ((colour >> 8) & 255)
    const blue = (other & 255) - (colour & 255)
    const distance = red * red + green * green + blue * blue
    if (distance < least) {
      found = place
      least = distance
      if (distance === 0) break
    }
  }
  return found
}

/** https://www.w3.org/TR/png-3/ */
function readPng(png: Buffer): Pixels {
  let width = 0
  let height = 0
  let channels = 0
  const data: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = ({ 2: 3, 6: 4 } as Record<number, number>)[body[9] ?? 0] ?? 0
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('Not a PNG as browsers make it')
    }
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const colours = new Uint32Array(width * height)
  let above: Buffer = Buffer.alloc(stride)
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1)
    const line = unfilter(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + stride), above, channels)
    for (let x = 0; x < width; x += 1) {
      const at = x * channels
      colours[y * width + x] = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0)
    }
    above = line
  }
  return { width, height, colours }
}

function unfilter(filter: number, line: Buffer, above: Buffer, channels: number): Buffer {
  for (let at = 0; at < line.length; at += 1) {
    const left = at < channels ? 0 : (line[at - channels] ?? 0)
    const up = above[at] ?? 0
    const corner = at < channels ? 0 : (above[at - channels] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    line[at] = ((line[at] ?? 0) + guess) & 255
  }
  return line
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - 2 * corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function chunk(type: string, body: Buffer): Buffer {
  const made = Buffer.alloc(body.length + 12)
  made.writeUInt32BE(body.length, 0)
  made.write(type, 4, 'latin1')
  body.copy(made, 8)
  made.writeUInt32BE(crc32(made.subarray(4, 8 + body.length)), 8 + body.length)
  return made
}
