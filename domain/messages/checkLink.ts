/** What a link in a message may begin with: nothing that runs code or opens a file. */
const LINK_SCHEMES = ['http', 'https', 'mailto', 'tel'] as const

const MAX_LENGTH = 2_048

/** A link as it will stand in the mail, or what is wrong with it. */
export type CheckedLink = { href: string } | { mistake: string }

/**
 * Checks an address that somebody linked to. White space around it and control characters in it are dropped before the
 * scheme is looked at, as browsers do. `www.example.org` and `example.org/path` become `https://…`.
 */
export function checkLink(raw: string): CheckedLink {
  const text = raw
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim()
  if (text === '') return { mistake: 'A link needs an address' }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || /^[^/?#]+\.[^/?#]+:\d+/.test(text))
    return checkUrl(`https://${text.replace(/^\/\//, '')}`)
  if (scheme === 'http' || scheme === 'https') return checkUrl(text)
  if (scheme === 'mailto' || scheme === 'tel') return tidy(text)
  return {
    mistake: `Links may begin with ${LINK_SCHEMES.map((name) => `${name}:`).join(', ')}; this one begins with ${scheme}:`,
  }
}

function checkUrl(text: string): CheckedLink {
  const url = URL.parse(text)
  if (url === null || !(url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('['))) {
    return { mistake: `“${text.slice(0, 100)}” is not the address of a page` }
  }
  if (url.username !== '' || url.password !== '') return { mistake: 'A link must not hold a user name or password' }
  return tidy(url.href)
}

/** Braces and spaces are written in their percent form: nothing in an address is ever taken for Liquid. */
function tidy(href: string): CheckedLink {
  const written = href.replace(
    /[\s{}<>"'`\\^|]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return written.length > MAX_LENGTH ? { mistake: `A link may have ${MAX_LENGTH} characters` } : { href: written }
}
