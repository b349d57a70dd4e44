import { createHash } from 'node:crypto'
import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import { PUSH_WORDS } from './words.ts'

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f5f6f5;color:#1f2522}
main{max-width:26rem;margin:1rem;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem}
p{margin:0 0 1.25rem}
button{font:inherit;padding:.6rem 1.2rem;border:1px solid #1d6b41;border-radius:6px;background:#1d6b41;color:#fff;cursor:pointer}
button.quiet{background:transparent;color:inherit;border-color:#8a938d}
button:focus-visible{outline:3px solid #8fc9a8;outline-offset:2px}
[hidden]{display:none}
@media (prefers-color-scheme:dark){body{background:#151917;color:#e7ebe8}main{background:#1f2522}}`

/** What the page may load and do: its own style, its own script and worker, and calls to where it came from. */
export const PUSH_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What is agreed to, as it is shown and kept. */
export const pushWording = (language: MailLanguage, business: string): string =>
  PUSH_WORDS[language].ask.replaceAll('{business}', () => business)

/**
 * The page on which a customer agrees to notifications, in one language. Nothing on it happens by itself: a browser asks
 * for permission only after the button is pressed.
 *
 * @param key the public key by which the push service will know us; null for a link that is none
 */
export function pushPage(language: MailLanguage, business: string, key: string | null): string {
  const words = PUSH_WORDS[language]
  const say = (text: string) => escapeHtml(text.replaceAll('{business}', () => business))
  const data = ['ask', 'done', 'ended', 'refused', 'unable', 'failed'] as const
  const attributes = data.map((name) => `data-${name}="${say(words[name])}"`).join(' ')
  const body =
    key === null
      ? `<p role="status">${say(words.unknown)}</p>`
      : `<p role="status" id="status" data-key="${escapeHtml(key)}" ${attributes}>${say(words.ask)}</p>
<button type="button" id="agree" hidden>${say(words.button)}</button>
<button type="button" id="end" class="quiet" hidden>${say(words.end)}</button>
<script src="/push/page.js"></script>`
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
${body}
</main>
</body>
</html>
`
}
