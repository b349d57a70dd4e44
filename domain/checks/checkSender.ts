import type { Answer, Dns } from './dns.ts'

/** What a record of the sender's domain is worth. `unknown`: DNS did not answer, so nothing can be said. */
type Verdict = 'good' | 'weak' | 'missing' | 'wrong' | 'unknown'

/** Why a record is not good, where its verdict alone doesn't say it. */
type Why =
  | 'several'
  | 'open'
  | 'neutral'
  | 'many_lookups'
  | 'only_watches'
  | 'no_policy'
  | 'no_key'
  | 'not_signed'
  | 'no_answers'

type Found = { verdict: Verdict; why: Why | null; record: string | null }

/** What receivers find when they look whether a mail of ours is ours. */
type SenderCheck = {
  domain: string
  /** The domain can't be one that DNS has: a name for tests, or for machines of one's own. */
  reserved: boolean
  spf: Found
  dkim: Found
  dmarc: Found
  /** Whether answers to the address could arrive. */
  mx: Found
}

/** The same, with where it comes back to what can't be delivered. */
type DomainsCheck = SenderCheck & {
  /** Null when it comes back to the sender's address. */
  returnPath: (Found & { domain: string }) | null
}

const RESERVED = /(^|\.)(test|example|invalid|localhost|local|internal|lan)$|(^|\.)example\.(com|net|org)$/
const GOOD: Found = { verdict: 'good', why: null, record: null }
const UNKNOWN: Found = { verdict: 'unknown', why: null, record: null }
const MISSING: Found = { verdict: 'missing', why: null, record: null }

/**
 * Looks up the records of the domain that mails come from: SPF, DKIM, DMARC, and whether it receives mail itself.
 *
 * @param dkim whom mails are signed for; null when they are not signed here
 */
export async function checkSender(
  dns: Dns,
  { email, dkim }: { email: string; dkim: { domain: string; selector: string } | null },
): Promise<SenderCheck> {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  if (RESERVED.test(domain)) {
    return { domain, reserved: true, spf: UNKNOWN, dkim: UNKNOWN, dmarc: UNKNOWN, mx: UNKNOWN }
  }
  const [spf, dkimFound, dmarc, mx] = await Promise.all([
    dns.txt(domain).then(judgeSpf),
    dkim === null ? notSigned() : dns.txt(`${dkim.selector}._domainkey.${dkim.domain}`).then(judgeDkim),
    findDmarc(dns, domain),
    dns.mx(domain).then(judgeMx),
  ])
  return { domain, reserved: false, spf, dkim: dkimFound, dmarc, mx }
}

/** Looks up everything that the settings say of how mail goes out: the sender's records, and the return path's. */
export async function checkDomains(
  dns: Dns,
  sender: Parameters<typeof checkSender>[1],
  bounceDomain: string | null,
): Promise<DomainsCheck> {
  const [found, mx] = await Promise.all([
    checkSender(dns, sender),
    bounceDomain === null || RESERVED.test(bounceDomain) ? UNKNOWN : dns.mx(bounceDomain).then(judgeMx),
  ])
  return { ...found, returnPath: bounceDomain === null ? null : { ...mx, domain: bounceDomain } }
}

const notSigned = async (): Promise<Found> => ({ verdict: 'weak', why: 'not_signed', record: null })

/** The records that begin as the kind does; anything else under the name is somebody else's. */
function ofKind(answer: Answer<string>, kind: RegExp): string[] | Found {
  if (answer === 'unreachable') return UNKNOWN
  const records = answer === 'none' ? [] : answer.records.filter((record) => kind.test(record))
  return records.length === 0 ? MISSING : records
}

/** RFC 7208: exactly one record, no more than ten look-ups, and an end that says what to think of everybody else. */
function judgeSpf(answer: Answer<string>): Found {
  const records = ofKind(answer, /^v=spf1( |$)/i)
  if (!Array.isArray(records)) return records
  const [record = ''] = records
  if (records.length > 1) return { verdict: 'wrong', why: 'several', record }
  const terms = record.toLowerCase().split(/\s+/).slice(1)
  const lookups = terms.filter((term) => /^[+?~-]?(include:|a$|a[:/]|mx$|mx[:/]|ptr|exists:)|^redirect=/.test(term))
  if (lookups.length > 10) return { verdict: 'wrong', why: 'many_lookups', record }
  const end = terms.find((term) => /^[+?~-]?all$/.test(term))
  if (end === 'all' || end === '+all') return { verdict: 'wrong', why: 'open', record }
  const delegates = terms.some((term) => term.startsWith('redirect='))
  if (end === '?all' || (end === undefined && !delegates)) return { verdict: 'weak', why: 'neutral', record }
  return { ...GOOD, record }
}

/** RFC 6376: a key under the selector, and not an empty one, which takes it back. */
function judgeDkim(answer: Answer<string>): Found {
  const records = ofKind(answer, /(^|;)\s*p=/i)
  if (!Array.isArray(records)) return records
  const [record = ''] = records
  if (/(^|;)\s*p=\s*(;|$)/i.test(record)) return { verdict: 'wrong', why: 'no_key', record }
  return { ...GOOD, record }
}

/** RFC 7489: the record of the domain itself, else that of the domain above it. */
async function findDmarc(dns: Dns, domain: string): Promise<Found> {
  const labels = domain.split('.')
  const organisation = labels.slice(-Math.max(2, labels.length - 1)).join('.')
  const own = judgeDmarc(await dns.txt(`_dmarc.${domain}`))
  if (own.verdict !== 'missing' || organisation === domain) return own
  return judgeDmarc(await dns.txt(`_dmarc.${organisation}`))
}

function judgeDmarc(answer: Answer<string>): Found {
  const records = ofKind(answer, /^v=DMARC1\s*(;|$)/)
  if (!Array.isArray(records)) return records
  const [record = ''] = records
  if (records.length > 1) return { verdict: 'wrong', why: 'several', record }
  const policy = /(?:^|;)\s*p\s*=\s*(none|quarantine|reject)\s*(?:;|$)/i.exec(record)?.[1]?.toLowerCase()
  if (policy === undefined) return { verdict: 'wrong', why: 'no_policy', record }
  if (policy === 'none') return { verdict: 'weak', why: 'only_watches', record }
  return { ...GOOD, record }
}

function judgeMx(answer: Answer<string>): Found {
  if (answer === 'unreachable') return UNKNOWN
  const record = answer === 'none' ? undefined : answer.records.find((exchange) => exchange !== '')
  return record === undefined ? { verdict: 'missing', why: 'no_answers', record: null } : { ...GOOD, record }
}
