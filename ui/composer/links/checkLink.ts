/** Why an address cannot be a link. */
export type LinkProblem =
  | 'empty'
  | 'spaces'
  | 'scheme'
  | 'no_host'
  | 'no_dot'
  | 'sign_in'
  | 'broken'
  | 'email'
  | 'phone'
  | 'twice'
  | 'long'
/** What is odd about an address that can be one. */
export type LinkWarning = 'local' | 'ip' | 'end'

/** An address that can be linked, complete with its scheme, or why it cannot. */
export type CheckedLink =
  | { ok: true; href: string; completed: boolean; warning: LinkWarning | null }
  | { ok: false; problem: LinkProblem }

/** As much as the server keeps of an address. */
const LONGEST = 2048
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
/** `studio.test:8080/plan`: a port after the colon, so what stands before it is a host, not a scheme. */
const HOST_AND_PORT = /^[^/?#@:]+:\d{1,5}(?:[/?#]|$)/
const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,}$/u
const PHONE = /^\+?[\d\s()/.-]{5,25}$/
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * Checks an address that somebody typed or pasted. Allowed are http, https, mailto and tel; an address without a scheme is
 * completed (`https://`, `mailto:` for an email address, `tel:` for a phone number).
 *
 * @param options.asWritten true for the target of an existing link: nothing is guessed, a relative address is refused
 */
export function checkLink(input: string, options: { asWritten?: boolean } = {}): CheckedLink {
  const address = input.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim()
  if (address === '') return { ok: false, problem: 'empty' }
  if (address.length > LONGEST) return { ok: false, problem: 'long' }

  const scheme = HOST_AND_PORT.test(address) ? undefined : SCHEME.exec(address)?.[1]?.toLowerCase()
  if (scheme === 'mailto') return checkMail(address)
  if (scheme === 'tel') return checkPhone(address.slice(4), false)
  if (scheme === 'http' || scheme === 'https') return checkWeb(address, false)
  if (scheme !== undefined) return { ok: false, problem: 'scheme' }
  if (options.asWritten === true) return { ok: false, problem: 'no_host' }
  if (EMAIL.test(address)) return { ok: true, href: `mailto:${address}`, completed: true, warning: null }
  if (PHONE.test(address) && address.replace(/\D/g, '').length >= 5 && !isIp(address)) return checkPhone(address, true)
  if (/^[/.?#]/.test(address) && !address.startsWith('//')) return { ok: false, problem: 'no_host' }
  return checkWeb(`https://${address.replace(/^\/\//, '')}`, true)
}

function checkMail(address: string): CheckedLink {
  const [to = ''] = address.slice('mailto:'.length).split('?')
  let readable = to
  try {
    readable = decodeURIComponent(to)
  } catch {
    return { ok: false, problem: 'email' }
  }
  const good = readable.split(',').every((one) => EMAIL.test(one.trim()))
  if (!good || /\s/.test(address)) return { ok: false, problem: 'email' }
  return { ok: true, href: address, completed: false, warning: null }
}

function checkPhone(number: string, completed: boolean): CheckedLink {
  const compact = number.replace(/\(0\)/, '').replace(/[\s()/.-]/g, '')
  if (!/^\+?\d{3,15}$/.test(compact)) return { ok: false, problem: 'phone' }
  return { ok: true, href: `tel:${compact}`, completed, warning: null }
}

function checkWeb(address: string, completed: boolean): CheckedLink {
  if (/\s/.test(address)) return { ok: false, problem: 'spaces' }
  if (/^https?:\/*https?:/i.test(address)) return { ok: false, problem: 'twice' }
  if (/^https?:\/*$/i.test(address) || /^https?:\/{3,}/i.test(address)) return { ok: false, problem: 'no_host' }
  const href = address.replace(/^(https?):\/*/i, (_, scheme: string) => `${scheme.toLowerCase()}://`)
  if (!URL.canParse(href)) return { ok: false, problem: /^https?:\/\/[/?#:@]/.test(href) ? 'no_host' : 'broken' }
  const url = new URL(href)
  const host = url.hostname.replace(/\.$/, '')
  if (host === '') return { ok: false, problem: 'no_host' }
  if (!host.startsWith('[') && !host.split('.').every((label) => LABEL.test(label)))
    return { ok: false, problem: 'broken' }
  // Shows one host and leads to another: the trick of those who fish for passwords.
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'sign_in' }
  if (!host.includes('.') && !isLocal(host) && !isIp(host)) return { ok: false, problem: 'no_dot' }
  return { ok: true, href, completed, warning: warningFor(host, href) }
}

const isIp = (host: string) => host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)

function warningFor(host: string, href: string): LinkWarning | null {
  if (isLocal(host)) return 'local'
  if (isIp(host)) return 'ip'
  return /[.,;:!)\]}>'"’”»]$/.test(href) && !(href.endsWith(')') && href.includes('(')) ? 'end' : null
}

/** Addresses that lead somewhere else on each machine. */
function isLocal(host: string): boolean {
  return (
    host === 'localhost' ||
    /\.(localhost|local|internal|lan|home|intranet)$/.test(host) ||
    /^(127|10)\.\d+\.\d+\.\d+$|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^0\.0\.0\.0$/.test(host) ||
    /^\[(::1|f[cd][0-9a-f]{2}:|fe80:)/.test(host)
  )
}
