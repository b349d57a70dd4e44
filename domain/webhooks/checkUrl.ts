import { isIP } from 'node:net'
import { isPrivateAddress } from '../deliveries/channels/post.ts'
import { Problem } from '../errors.ts'

/** Longer addresses are nobody's. */
const LONGEST = 2_000

/**
 * An address that may be called: https, or http where calls may stay inside our own network; without a name and password,
 * which would stand in logs; not inside our network unless that is allowed. Where a name leads is looked at with every call.
 *
 * @throws Problem 'invalid' with the path `/url`
 */
export function checkUrl(text: string, allowPrivate: boolean): string {
  const url = URL.parse(text)
  if (url === null || text.length > LONGEST) throw wrong('Has to be an address like https://example.com/hooks')
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    throw wrong('Has to begin with https://')
  }
  if (url.username !== '' || url.password !== '')
    throw wrong('Has to be without a name and a password: calls are signed')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isOwn = host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isPrivateAddress(host))
  if (isOwn && !allowPrivate) throw wrong('Has to lead outside of our own network')
  url.hash = ''
  return url.href
}

const wrong = (message: string) => new Problem('invalid', `/url: ${message}.`, [{ path: '/url', message }])
