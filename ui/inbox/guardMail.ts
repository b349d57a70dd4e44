/**
 * A mail's HTML with what a mail program adds for safety: a policy that allows styles and pictures and nothing else (no
 * script, frame, form or connection), and a base that opens every link in a new window.
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
  // Before the mail's own first tag: a policy counts only for what comes after it, and the first base wins.
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank">`
  return `<!doctype html><html><head>${head}</head><body>${html.replace(/<!doctype[^>]*>/i, '')}</body></html>`
}
