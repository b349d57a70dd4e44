import { checkLink } from '../../messages/checkLink.ts'
import { hasMark, MARK } from './mask.ts'

/** Attributes whose value a mail program follows or loads. */
const LINKS = new Set(['href', 'action', 'formaction', 'base-url', 'xlink:href', 'cite', 'longdesc', 'ping'])
const PICTURES = new Set([
  'src',
  'background',
  'background-url',
  'thumbnails-src',
  'poster',
  'data',
  'left-icon',
  'right-icon',
  'icon-wrapped-url',
  'icon-unwrapped-url',
  'lowsrc',
  'dynsrc',
])

/** The path under which uploaded pictures are served: `/i/…`. */
export const OWN_PICTURE = /^\/i\/[0-9a-f]{64}\.(png|jpg|gif|webp)$/

/**
 * What is wrong with the address in an attribute; undefined when nothing is, or it holds no address.
 *
 * @param value as a browser reads it, with marks in the place of Liquid
 * @param pieces what the marks stand for
 */
export function addressMistake(attribute: string, value: string, pieces: readonly string[]): string | undefined {
  const name = attribute.toLowerCase()
  // browsers drop control characters and white space before they look at the scheme
  const address = value.replace(/[\p{Cc}\s]+/gu, '')
  if (name === 'srcset') return address === '' ? undefined : pictureMistake(value.trim().split(/\s+/)[0] ?? '', pieces)
  if (PICTURES.has(name)) return pictureMistake(address, pieces)
  return LINKS.has(name) ? linkMistake(value, address, pieces) : undefined
}

function linkMistake(value: string, address: string, pieces: readonly string[]): string | undefined {
  if (address === '' || address.startsWith('#')) return undefined
  if (!hasMark(address)) {
    const checked = checkLink(value)
    return 'mistake' in checked ? checked.mistake : undefined
  }
  if (isOwnLink(address, pieces) || /^(https?:\/\/|mailto:|tel:)/i.test(address)) return undefined
  return 'An address with merge tags has to begin with https://, http://, mailto: or tel:, or be one of {{ links.… }}'
}

/** Links that are made for each recipient: `{{ links.unsubscribe }}` and the like. */
function isOwnLink(address: string, pieces: readonly string[]): boolean {
  const piece = /^\uFDD0(\d+)\uFDD1$/.exec(address)
  return piece !== null && /^\{\{-?\s*links\.\w+\s*-?\}\}$/.test(pieces[Number(piece[1])] ?? '')
}

function pictureMistake(address: string, pieces: readonly string[]): string | undefined {
  if (address === '' || /^https?:\/\/[^/]/i.test(address) || OWN_PICTURE.test(address)) return undefined
  const shown = address.replace(MARK, (_, index: string) => pieces[Number(index)] ?? '').slice(0, 60)
  if (/^data:/i.test(address)) return 'Pictures inside of addresses (data:) are shown by few mail programs: upload it'
  return `“${shown}” is not the address of a picture: it begins with https://, or is one that was uploaded`
}

/** What in styles runs code, or hides a picture where nobody looks. */
export function styleMistake(css: string): string | undefined {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\\/g, '')
  if (/expression\s*\(|javascript\s*:|vbscript\s*:|behavior\s*:|-moz-binding/i.test(plain)) {
    return 'Styles that run code are not allowed'
  }
  if (/url\s*\(\s*['"]?\s*data:/i.test(plain)) return 'Pictures inside of styles (data:) are not allowed: upload it'
  return undefined
}
