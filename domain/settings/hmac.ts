import { createHmac, createSecretKey, type Hmac, type KeyObject } from 'node:crypto'

const known = new WeakMap<Buffer, KeyObject>()

/**
 * HMAC-SHA256 with one of our secrets. A mail has dozens of signed links: made ready once, a key costs each of them a
 * sixth of what it costs as bare bytes.
 */
export function hmac(key: Buffer): Hmac {
  let ready = known.get(key)
  if (ready === undefined) {
    ready = createSecretKey(key)
    known.set(key, ready)
  }
  return createHmac('sha256', ready)
}
