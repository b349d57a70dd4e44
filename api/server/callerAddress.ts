import { isIPv6 } from 'node:net'

/** A caller's address as people know it: an IPv4 one without the wrapping that a socket for both kinds gives it. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}

/**
 * The part of a caller's address that attempts are counted by: IPv4 addresses as they are; of IPv6 ones the first 64
 * bits, since everybody with one has all that begin with them.
 */
export function countedAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::', 2)
  const first = head.split(':').filter((group) => group !== '')
  const last = tail.split(':').filter((group) => group !== '')
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  const groups = [...first, ...(address.includes('::') ? zeros : []), ...last]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
