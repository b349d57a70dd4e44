import { type KeyObject, X509Certificate } from 'node:crypto'
import { refuse } from './service.ts'

/** Certificates by address: Amazon changes them once in a while. */
const certificates = new Map<string, X509Certificate[]>()
const MOST_CERTIFICATES = 10
/** A leaf, what signed it, and what signed that. */
const MOST_IN_CHAIN = 5

/** Whom a certificate has to be for, whatever the region. */
const HOSTS = ['sns.amazonaws.com', 'sns.amazonaws.com.cn']

/**
 * The key that Amazon SNS signs with. Its certificate is read once; it has to be for SNS, to hold now, and where more
 * than one are given, each has to be signed by the next. That the address is Amazon's own is known from the connection
 * over which it was read.
 *
 * @param read reads the text at an address of Amazon's
 * @throws Problem `forbidden` for one that is not right
 */
export async function snsKey(url: URL, read: (url: string) => Promise<string>, now: Date): Promise<KeyObject> {
  const known = certificates.get(url.href)
  if (known !== undefined && isGood(known, now)) return leafOf(known).publicKey
  const chain = parse(await read(url.href))
  if (!isGood(chain, now)) throw refuse('The certificate of the notification is not one of Amazon SNS.')
  const [oldest] = certificates.keys()
  if (certificates.size >= MOST_CERTIFICATES && oldest !== undefined) certificates.delete(oldest)
  certificates.set(url.href, chain)
  return leafOf(chain).publicKey
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g

function parse(text: string): X509Certificate[] {
  try {
    return (text.match(BLOCK) ?? []).slice(0, MOST_IN_CHAIN).map((block) => new X509Certificate(block))
  } catch {
    return []
  }
}

function leafOf([leaf]: readonly X509Certificate[]): X509Certificate {
  if (leaf === undefined) throw refuse('The certificate of the notification cannot be read.')
  return leaf
}

function isGood(chain: readonly X509Certificate[], now: Date): boolean {
  const [leaf] = chain
  if (
    leaf === undefined ||
    leaf.ca ||
    !HOSTS.some((host) => leaf.checkHost(host, { subject: 'never' }) !== undefined)
  ) {
    return false
  }
  return chain.every((one, index) => {
    const signer = chain[index + 1]
    const holds = new Date(one.validFrom) <= now && now <= new Date(one.validTo)
    return holds && (signer === undefined || (signer.ca && one.checkIssued(signer) && one.verify(signer.publicKey)))
  })
}
