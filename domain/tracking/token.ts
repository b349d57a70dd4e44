import { timingSafeEqual } from 'node:crypto'
import { hmac } from '../settings/hmac.ts'

/** What a link in a mail stands for. The token names the delivery and nothing about its customer. */
export type TrackedThing =
  | { kind: 'open'; delivery: number }
  | { kind: 'click'; delivery: number; link: number }
  | { kind: 'unsubscribe'; delivery: number }
  /** Somebody's address that waits for its owner to say yes. */
  | { kind: 'confirm'; optIn: number }
  | { kind: 'answer'; delivery: number; link: number }

const KINDS = ['open', 'click', 'unsubscribe', 'answer', 'confirm'] as const
const PAYLOAD_BYTES = 11
const SIGNATURE_BYTES = 16
const LENGTH = Math.ceil(((PAYLOAD_BYTES + SIGNATURE_BYTES) * 4) / 3)

/** Stands where a token will stand, in what is only looked at or sent as a test: as long as one, and its page says so. */
export const TEST_TOKEN = 'test'.padEnd(LENGTH, '-')

/**
 * The token of a link: kind, delivery and link number with 128 bits of HMAC-SHA256, in base64url.
 *
 * @param url click: the address that the token leads to; it is part of what is signed
 */
export function writeToken(key: Buffer, thing: TrackedThing, url = ''): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES)
  payload.writeUInt8(KINDS.indexOf(thing.kind), 0)
  payload.writeBigUInt64BE(BigInt(thing.kind === 'confirm' ? thing.optIn : thing.delivery), 1)
  payload.writeUInt16BE('link' in thing ? thing.link : 0, 9)
  return Buffer.concat([payload, sign(key, payload, url)]).toString('base64url')
}

/** Reads what a token says, without believing it: {@link verifyToken} does that, for clicks with the address. */
export function readToken(token: string): TrackedThing | null {
  if (token.length !== LENGTH || !/^[A-Za-z0-9_-]+$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const kind = KINDS[bytes.readUInt8(0)]
  const delivery = Number(bytes.readBigUInt64BE(1))
  if (kind === undefined || !Number.isSafeInteger(delivery)) return null
  if (kind === 'click' || kind === 'answer') return { kind, delivery, link: bytes.readUInt16BE(9) }
  return kind === 'confirm' ? { kind, optIn: delivery } : { kind, delivery }
}

/** True when a token was written with one of these keys, for this address. Takes the same time whatever is wrong. */
export function verifyToken(keys: readonly Buffer[], token: string, url = ''): boolean {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== PAYLOAD_BYTES + SIGNATURE_BYTES) return false
  const payload = bytes.subarray(0, PAYLOAD_BYTES)
  const signature = bytes.subarray(PAYLOAD_BYTES)
  return keys.filter((key) => timingSafeEqual(signature, sign(key, payload, url))).length > 0
}

function sign(key: Buffer, payload: Buffer, url: string): Buffer {
  return hmac(key).update(payload).update(url).digest().subarray(0, SIGNATURE_BYTES)
}
