/** Services that put themselves before a link when it is copied, with the parameter that holds the real address. */
const REDIRECTS: readonly { host: RegExp; path: RegExp; parameter: string }[] = [
  { host: /^www\.google\.[a-z.]+$/, path: /^\/url$/, parameter: 'q' },
  { host: /\.safelinks\.protection\.outlook\.com$/, path: /^\//, parameter: 'url' },
  { host: /^l\.(facebook|instagram)\.com$/, path: /^\/l?(\.php)?$/, parameter: 'u' },
]

/** The address a copied link is meant to lead to: Google Docs and Outlook wrap links in redirects of their own. */
export function unwrapRedirect(href: string): string {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return href
  const url = new URL(href)
  const redirect = REDIRECTS.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname))
  const target = redirect === undefined ? null : url.searchParams.get(redirect.parameter)
  return target !== null && /^https?:\/\//i.test(target) ? target : href
}
