/**
 * A mail's HTML with what a mail program adds for safety: a policy that allows styles and pictures and nothing else (no
 * script, frame, form or connection), and every link opening a new window.
 * @param origin where the tracking pictures of this system are served
 */
export function guardMail(html: string, origin: string): string {
  const policy = [
    "default-src 'none'",
    `img-src ${origin} https: data: cid:`,
    "style-src 'unsafe-inline'",
    'font-src https: data:',
    "form-action 'none'",
  ].join('; ')
  // Before the mail's own first tag: a policy counts only for what comes after it.
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  // Of an attribute that is given twice the first one counts. (A base element is not allowed by the page's own policy.)
  const body = html.replace(/<!doctype[^>]*>/i, '').replace(/<(a|area)(?=\s)/gi, '<$1 target="_blank" rel="noopener"')
  return `<!doctype html><html><head>${head}</head><body>${body}</body></html>`
}
