import { createHash } from 'node:crypto'
import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import { PAGE_WORDS } from './words.ts'

/** What the page of an unsubscribe link shows. */
export type PageState = 'ask' | 'done' | 'again' | 'test' | 'unknown'

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f5f6f5;color:#1f2522}
main{max-width:26rem;margin:1rem;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem}
p{margin:0 0 1.25rem}
button{font:inherit;padding:.6rem 1.2rem;border:1px solid #1d6b41;border-radius:6px;background:#1d6b41;color:#fff;cursor:pointer}
button.quiet{background:transparent;color:inherit;border-color:#8a938d}
button:focus-visible{outline:3px solid #8fc9a8;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#151917;color:#e7ebe8}main{background:#1f2522}}`

/** What the page may load and do: its own style, and forms to itself. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page of an unsubscribe link, in one language, without scripts. Its forms go to the address it was shown at. */
export function unsubscribePage(state: PageState, language: MailLanguage, business: string): string {
  const words = PAGE_WORDS[language]
  const say = (text: string) => escapeHtml(text.replaceAll('{business}', () => business))
  const form = (action: string, label: string, style: string) =>
    `<form method="post"><input type="hidden" name="action" value="${action}"><button${style}>${say(label)}</button></form>`
  const act = {
    ask: form('unsubscribe', words.button, ''),
    done: form('undo', words.undo, ' class="quiet"'),
    again: form('unsubscribe', words.button, ' class="quiet"'),
    test: '',
    unknown: '',
  }[state]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${say(words.title)}</h1>
<p role="status">${say(words[state])}</p>
${act}
</main>
</body>
</html>
`
}
