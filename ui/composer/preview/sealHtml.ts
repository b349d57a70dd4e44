/** Nothing is loaded and nothing runs in a preview; styles are the mail's own. Links open nowhere: the frame allows no windows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:; font-src data:"
const HEAD = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank">`

/** The HTML of a mail made safe to show in a sandboxed frame: with a policy before anything else in it. */
export function sealHtml(html: string): string {
  const head = /<head\b[^>]*>/i.exec(html)
  if (head === null) return `<!doctype html><html><head>${HEAD}</head><body>${html}</body></html>`
  const at = head.index + head[0].length
  return `${html.slice(0, at)}${HEAD}${html.slice(at)}`
}
