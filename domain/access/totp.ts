import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A code holds for so many seconds (RFC 6238, as every authenticator app expects it). */
export const STEP_SECONDS = 30
const DIGITS = 6
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A secret of 160 bits in base32, as RFC 4226 recommends; apps take it by QR code or typed in. */
export function makeSecret(): string {
  let bits = ''
  for (const byte of randomBytes(20)) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')
}

function bytesOf(secret: string): Buffer {
  let bits = ''
  for (const letter of secret) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** The step of time that an instant lies in. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1_000 / STEP_SECONDS)

/** The code of a secret in a step of time (RFC 4226, 5.3). */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/**
 * The step whose code was given, of the current one and its neighbours: clocks of telephones differ a little.
 *
 * @param after only later steps than this one: no code is taken twice
 * @returns null when it is none of them
 */
export function matchingStep(secret: string, code: string, now: Date, after: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const current = stepAt(now)
  for (const step of [current - 1, current, current + 1]) {
    if (step > after && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) return step
  }
  return null
}

/** What the QR code for an authenticator app says. */
export function totpUri(secret: string, account: string, business: string): string {
  const label = `${encodeURIComponent(business)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(business)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
}
