import { createHash, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'

const signAsync = promisify(sign)

/** Who signs: the domain, the name under which DNS has the key, and the key. */
export type DkimSigner = { domain: string; selector: string; key: KeyObject }

/** The headers that are signed where they are there; the important ones once more than they are, so that none is added. */
const SIGNED = [
  ...['from', 'from', 'to', 'to', 'subject', 'subject', 'date', 'message-id', 'mime-version', 'content-type'],
  ...['list-unsubscribe', 'list-unsubscribe-post', 'reply-to'],
]

/**
 * The signature of a mail (RFC 6376, rsa-sha256, relaxed/simple), as the header that goes in front of its head. The key is
 * used in the pool of threads: a signature takes longer than everything else about a mail.
 *
 * @param head its headers, each ending in CRLF
 * @param body ending in exactly one CRLF
 */
export async function dkimHeader(
  { domain, selector, key }: DkimSigner,
  head: string,
  body: Buffer,
  now: Date,
): Promise<string> {
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((field) => field !== '')
    .map((field) => ({ name: field.slice(0, field.indexOf(':')).trim().toLowerCase(), field }))
  const present = new Set(fields.map(({ name }) => name))
  const names = SIGNED.filter((name) => present.has(name))
  const hash = createHash('sha256').update(body).digest('base64')
  const tags = [
    ...['v=1', 'a=rsa-sha256', 'c=relaxed/simple', `d=${domain}`, `s=${selector}`],
    ...[`t=${Math.floor(now.getTime() / 1_000)}`, `h=${names.join(':')}`, `bh=${hash}`, 'b='],
  ]
  const unsigned = `DKIM-Signature: ${tags.join(';\r\n ')}`
  const left = [...fields]
  const signed = names.flatMap((name) => {
    // from the last one up; one that is not there any more adds nothing
    const index = left.findLastIndex((field) => field.name === name)
    return index === -1 ? [] : left.splice(index, 1).map(({ field }) => `${relaxed(field)}\r\n`)
  })
  const signature = await signAsync('sha256', Buffer.from(`${signed.join('')}${relaxed(unsigned)}`), key)
  const lines = signature.toString('base64').match(/.{1,70}/g) ?? []
  return `${unsigned}${lines.join('\r\n ')}\r\n`
}

/** A header field as it is signed: its name in small letters, unfolded, each run of white space one space (RFC 6376 3.4.2). */
function relaxed(field: string): string {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`
}
