/** How a mail is looked at. */
export type Look = { readonly dark: boolean; readonly images: boolean }

/** A policy for a frame in which nothing runs; pictures of a template come from the web and from our own storage. */
const policy = (images: boolean, origin: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src ${images ? `data: https: http: ${origin}` : "'none'"}`

const DARK = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi

/** Colours the other way round, as mail programs do it with mails that have no dark colours of their own; not pictures. */
const TURNED =
  '<style>html{background:#fff;filter:invert(1) hue-rotate(180deg)}img,[background]{filter:invert(1) hue-rotate(180deg)}</style>'

/**
 * The HTML of a mail made safe to show in a sandboxed frame: a policy before anything else in it. Its own dark colours are
 * those of the chosen look and not of whoever looks.
 * @param origin of our own storage
 */
export function sealMail(html: string, { dark, images }: Look, origin: string): string {
  const ownDark = DARK.test(html)
  DARK.lastIndex = 0
  const coloured = html.replace(DARK, dark ? '(min-width: 0)' : '(max-width: 0)')
  const head =
    `<meta http-equiv="Content-Security-Policy" content="${policy(images, origin)}"><base target="_blank">` +
    (dark && !ownDark ? TURNED : '')
  const found = /<head\b[^>]*>/i.exec(coloured)
  if (found === null) return `<!doctype html><html><head>${head}</head><body>${coloured}</body></html>`
  const at = found.index + found[0].length
  return `${coloured.slice(0, at)}${head}${coloured.slice(at)}`
}
