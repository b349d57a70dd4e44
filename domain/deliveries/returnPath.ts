import { timingSafeEqual } from 'node:crypto'
import { hmac } from '../settings/hmac.ts'
import type { Settings } from '../settings/readSettings.ts'

/** What an address of ours for what comes back stands for. */
export type Returned =
  /** The envelope sender of one delivery's mail: a bounce to it is about that delivery. */
  | { kind: 'bounce'; delivery: number }
  /** Where the feedback loops of mailbox providers send complaints. */
  | { kind: 'complaints' }

const KINDS = ['bounce', 'complaints'] as const
const PAYLOAD_BYTES = 8
const SIGNATURE_BYTES = 12
/** 20 bytes are 32 letters without a rest. */
const TOKEN = /^[a-z2-7]{32}$/

/**
 * The address that a mail's envelope names as its sender (MAIL FROM), where mail servers send what they can't deliver:
 * `bounce+<token>@<bounce domain>`. The token names the delivery, is signed and says nothing about the customer. It is
 * written in letters and digits of one case: mail servers keep neither apart. Without a bounce domain, and for what is no
 * delivery, it is the sender's own address.
 *
 * @param mail the delivery that goes out, with the newest of the keyring `tracking`; null for one that is none, as a test
 */
export function returnPath(
  settings: Pick<Settings, 'senderEmail' | 'bounceDomain'>,
  mail: { delivery: number; key: Buffer } | null,
): string {
  const { senderEmail, bounceDomain } = settings
  if (mail === null || bounceDomain === null) return senderEmail
  return `bounce+${returnToken(mail.key, { kind: 'bounce', delivery: mail.delivery })}@${bounceDomain}`
}

/** The address that is registered with feedback loops: `complaints+<token>@<domain>`. It can't be guessed. */
export const complaintsAddress = (key: Buffer, domain: string): string =>
  `complaints+${returnToken(key, { kind: 'complaints' })}@${domain}`

/** The part of {@link returnPath} that is signed; mail services give it back in their webhooks. */
export function returnToken(key: Buffer, returned: Returned): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES)
  payload.writeUInt8(KINDS.indexOf(returned.kind), 0)
  payload.writeUIntBE(returned.kind === 'bounce' ? returned.delivery : 0, 2, 6)
  return encode(Buffer.concat([payload, sign(key, payload)]))
}

/**
 * What a token stands for.
 *
 * @param keys all that may have signed it
 * @returns null when none of them has
 */
export function readReturnToken(keys: readonly Buffer[], token: string): Returned | null {
  const letters = token.toLowerCase()
  if (!TOKEN.test(letters)) return null
  const bytes = decode(letters)
  const payload = bytes.subarray(0, PAYLOAD_BYTES)
  const kind = KINDS[payload.readUInt8(0)]
  if (kind === undefined) return null
  const signature = bytes.subarray(PAYLOAD_BYTES)
  if (!keys.some((key) => timingSafeEqual(signature, sign(key, payload)))) return null
  return kind === 'bounce' ? { kind, delivery: payload.readUIntBE(2, 6) } : { kind }
}

/**
 * What an address at our domain stands for.
 *
 * @returns null for every address that is not ours
 */
export function readReturnPath(keys: readonly Buffer[], address: string, domain: string): Returned | null {
  const [, name, token = '', at] = /^(bounce|complaints)\+([^@]*)@([^@]+)$/i.exec(address) ?? []
  if (at?.toLowerCase() !== domain.toLowerCase()) return null
  const returned = readReturnToken(keys, token)
  return returned?.kind === name?.toLowerCase() ? returned : null
}

/** The signature is no good for any other token of ours: its text begins with a word of its own. */
const sign = (key: Buffer, payload: Buffer): Buffer =>
  hmac(key).update('return path').update(payload).digest().subarray(0, SIGNATURE_BYTES)

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** Five bits a letter (RFC 4648 section 6, in small letters); whole groups of five bytes only. */
function encode(bytes: Buffer): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 5) {
    const bits = bytes.readUIntBE(start, 5)
    for (let place = 7; place >= 0; place--) text += LETTERS[Math.floor(bits / 32 ** place) % 32]
  }
  return text
}

function decode(text: string): Buffer {
  const bytes = Buffer.alloc((text.length / 8) * 5)
  for (let group = 0; group < text.length / 8; group++) {
    let bits = 0
    for (const letter of text.slice(group * 8, group * 8 + 8)) bits = bits * 32 + LETTERS.indexOf(letter)
    bytes.writeUIntBE(bits, group * 5, 5)
  }
  return bytes
}
