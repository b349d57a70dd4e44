import type { Browser } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'

/**
 * Checks what a browser says of itself: a point of the curve P-256 and sixteen bytes; whatever else comes is not from one.
 *
 * @param at where it stands in the request, as a JSON Pointer
 * @throws Problem `invalid` when its address or keys are none
 */
export function checkBrowser({ endpoint, p256dh, auth }: Omit<Browser, 'id'>, at: string): void {
  const refuse = (path: string, message: string) => new Problem('invalid', message, [{ path: `${at}${path}`, message }])
  if (endpoint.length > 1_000 || !/^[\x21-\x7e]+$/.test(endpoint) || URL.parse(endpoint)?.protocol !== 'https:') {
    throw refuse('/endpoint', 'The address of a push service begins with https: and has at most 1,000 characters')
  }
  const isKey = /^[A-Za-z0-9_-]{87}=?$/.test(p256dh) && Buffer.from(p256dh, 'base64url')[0] === 4
  if (!isKey) throw refuse('/keys/p256dh', 'Not the public key of a browser')
  if (!/^[A-Za-z0-9_-]{22}={0,2}$/.test(auth)) throw refuse('/keys/auth', 'Not the secret of a browser')
}
