import { createHash } from 'node:crypto'
import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'

const STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f5f6f5;color:#1f2522}
main{width:min(30rem,calc(100vw - 2rem));margin:1rem;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem}
h2{font-size:1rem;font-weight:600;margin:2rem 0 .25rem;padding-top:1.5rem;border-top:1px solid #dfe3e0}
p{margin:0 0 1.25rem}
fieldset{border:0;margin:1rem 0;padding:0}
legend{font-weight:600;padding:0;margin-bottom:.25rem}
.channel{margin:.25rem 0 .75rem}
.channel>span{display:block;font-size:.9rem;color:#55605a}
label.choice{display:flex;gap:.6rem;align-items:center;min-height:2.25rem}
label.field{display:block;margin:0 0 1rem}
input[type=checkbox]{width:1.15rem;height:1.15rem;margin:0;accent-color:#1d6b41;flex:none}
input[type=text],input[type=email]{font:inherit;width:100%;padding:.5rem .7rem;border:1px solid #7c867f;border-radius:6px;background:transparent;color:inherit}
button{font:inherit;padding:.6rem 1.2rem;border:1px solid #1d6b41;border-radius:6px;background:#1d6b41;color:#fff;cursor:pointer}
button.quiet{background:transparent;color:inherit;border-color:#7c867f}
form+form{margin-top:1rem}
.hint{font-size:.9rem;color:#55605a}
.trap{position:absolute;left:-9999px}
button:focus-visible,input:focus-visible{outline:3px solid #8fc9a8;outline-offset:2px}
@media (prefers-color-scheme:dark){
body{background:#151917;color:#e7ebe8}main{background:#1f2522}h2{border-color:#3a423e}
.channel>span,.hint{color:#a9b3ad}input[type=checkbox]{accent-color:#8fc9a8}}`

/** What such a page may load and do: its own style, and forms to itself. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * A page for customers, in one language, that needs no scripts. Its forms go to the address it was shown at.
 *
 * @param title as text
 * @param body as HTML, with everything in it that others have written escaped
 */
export const publicPage = (language: MailLanguage, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`
