/** The kinds of pictures that mail programs show, with what their addresses end with. */
export const PICTURE_TYPES = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
} as const

export type PictureType = keyof typeof PICTURE_TYPES

export type Picture = { type: PictureType; width: number; height: number }

/**
 * What a picture is, read from its own first bytes: what its sender calls it does not count.
 *
 * @returns null when it is none of the kinds that mail programs show, or damaged
 */
export function readPicture(bytes: Buffer): Picture | null {
  return png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes)
}

/** True for a drawing made of XML, which may hold scripts. */
export function isSvg(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4_096).toString('latin1').replaceAll('\0', '')
  return /<(?:\w+:)?svg[\s>]/i.test(start)
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

function png(bytes: Buffer): Picture | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG) || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function gif(bytes: Buffer): Picture | null {
  if (bytes.length < 14 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return null
  return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** Segments until the one that says how large it is. */
function jpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) {
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    } else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
  }
  return null
}

/** SOF0 to SOF15, without the three markers among them that mean something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function webp(bytes: Buffer): Picture | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') {
    return null
  }
  const type = 'image/webp' as const
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}
