import { domainToASCII } from 'node:url'

/** An address as SMTP and headers carry it, and whether it needs a server that knows SMTPUTF8 (RFC 6531). */
export type MailAddress = { address: string; utf8: boolean }

const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const UTF8_ATOM = /^[^\p{Cc}\s@"(),:;<>[\\\]]+$/u
const QUOTED = /^"([\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/

/**
 * Reads one address (RFC 5321 4.1.2): whatever stands in it is this address, never a list or a name. A domain in other
 * letters becomes its ASCII form; a local part in other letters needs SMTPUTF8.
 *
 * @returns null for what is none
 */
export function readAddress(text: string): MailAddress | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || Buffer.byteLength(local) > 64) return null
  const domain = readDomain(text.slice(at + 1))
  if (domain === null) return null
  if (ATOM.test(local) || QUOTED.test(local)) return { address: `${local}@${domain}`, utf8: false }
  // dots where RFC 5321 has none are sent as some providers gave them out: quoted
  if (/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/.test(local)) return { address: `"${local}"@${domain}`, utf8: false }
  return UTF8_ATOM.test(local) ? { address: `${local}@${domain}`, utf8: true } : null
}

function readDomain(text: string): string | null {
  if (/^\[(\d{1,3}(\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]$/.test(text)) return text
  const domain = domainToASCII(text).toLowerCase()
  if (domain.length > 253) return null
  return /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(domain) ? domain : null
}
