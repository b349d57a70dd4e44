import type { Finding } from './finding.ts'
import type { SeenLink } from './readHtml.ts'

/** Hosts that only lead on: a reader can't see where to, and filters trust them as little as the worst who uses them. */
const SHORTENERS =
  /^(bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|t\.ly|rb\.gy|shorturl\.at)$/
/** Addresses that templates begin with, for people to put their own there (RFC 2606). */
const EXAMPLE = /(^|\.)example\.(org|com|net)$/
/** More links than this look like a catalogue. */
const MANY = 50

/** What is odd about the links of a message. Nothing is fetched. */
export function checkLinks(links: readonly SeenLink[]): Finding[] {
  const findings: Finding[] = []
  const own = links.filter(({ href }) => !/^\{\{.*\}\}$/.test(href.trim()))
  const times = new Map<string, number>()
  for (const link of own) {
    times.set(link.href, (times.get(link.href) ?? 0) + 1)
    if (times.get(link.href) === 1) findings.push(...checkLink(link))
    else findings.push(...shows(link))
  }
  for (const [href, count] of times) {
    if (count > 3) findings.push({ kind: 'link_repeated', href: short(href), count })
  }
  if (times.size > MANY) findings.push({ kind: 'many_links', count: times.size })
  return findings
}

function checkLink(link: SeenLink): Finding[] {
  const href = link.href.trim()
  const found = (kind: Finding['kind']): Finding => ({ kind, href: short(href) })
  if (href === '' || href === '#') return [{ kind: 'link_empty', text: short(link.text) }]
  if (/^(mailto|tel|sms):/i.test(href)) return nothingShown(link)
  const url = URL.parse(href.replace(/\{\{.*?\}\}/g, 'x'))
  if (url === null) return [found('link_broken')]
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return [found('link_scheme')]
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  return [
    ...(isOwn(host) ? [found('link_private')] : isNumber(host) ? [found('link_number')] : []),
    ...(url.protocol === 'http:' && !isOwn(host) ? [found('link_insecure')] : []),
    ...(SHORTENERS.test(host.replace(/^www\./, '')) ? [found('link_short')] : []),
    ...(EXAMPLE.test(host) ? [found('link_example')] : []),
    ...(leadsOn(url) ? [found('link_redirect')] : []),
    ...(host.split('.').some((label) => label.startsWith('xn--')) ? [found('link_letters')] : []),
    ...shows(link),
    ...nothingShown(link),
  ]
}

/** An address in the words of a link has to be where it leads. */
function shows({ href, text }: SeenLink): Finding[] {
  const shown = /(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=[/?#:\s]|$)/iu.exec(text)?.[1]
  const host = URL.parse(href)?.hostname
  if (shown === undefined || host === undefined || text.includes('@')) return []
  const bare = (name: string) => (URL.parse(`https://${name}`)?.hostname ?? name).toLowerCase().replace(/^www\./, '')
  const [said, led] = [bare(shown), bare(host)]
  const same = said === led || said.endsWith(`.${led}`) || led.endsWith(`.${said}`)
  return same ? [] : [{ kind: 'link_shows_other', href: short(href), text: short(text) }]
}

const nothingShown = ({ href, text }: SeenLink): Finding[] =>
  text === '' ? [{ kind: 'link_without_words', href: short(href) }] : []

/** Machines of one's own, and names that only one's own network knows. */
function isOwn(host: string): boolean {
  return (
    host === 'localhost' ||
    /\.(localhost|local|internal|lan|home|intranet)$/.test(host) ||
    /^(127|10|0)\.\d+\.\d+\.\d+$|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(host) ||
    /^\[(::1?\]|f[cd][0-9a-f]{2}:|fe80:|::ffff:)/.test(host)
  )
}

const isNumber = (host: string) => host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)

/** A page that sends its reader on to another: a link copied out of a mail, or from a search. */
function leadsOn(url: URL): boolean {
  return [...url.searchParams.values()].some((value) => {
    const target = /^https?:\/\//i.test(value) ? URL.parse(value) : null
    return target !== null && target.hostname !== url.hostname
  })
}

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 119)}…` : text)
