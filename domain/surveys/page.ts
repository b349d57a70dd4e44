import { createHash } from 'node:crypto'
import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import type { Offered } from './readOffered.ts'
import { MAX_COMMENT } from './recordAnswer.ts'
import { SURVEY_WORDS } from './words.ts'

const STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f5f6f5;color:#1f2522}
main{width:min(30rem,100% - 2rem);margin:1rem;padding:2rem;background:#fff;border-radius:10px}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem}
p{margin:0 0 1.25rem}
fieldset{border:0;margin:0 0 1.25rem;padding:0}
legend{padding:0;margin:0 0 .75rem;font-size:1.25rem;font-weight:600;line-height:1.3}
.answer{display:flex;gap:.75rem;align-items:baseline;padding:.7rem .9rem;margin:0 0 .5rem;border:1px solid #c9d0cb;border-radius:8px;cursor:pointer}
.answer:has(:checked){border-color:#1d6b41;background:#eef4ef}
.answer:focus-within{outline:3px solid #8fc9a8;outline-offset:1px}
input{accent-color:#1d6b41;flex:none}
label.more{display:block;margin:0 0 .4rem}
textarea{width:100%;min-height:6rem;font:inherit;padding:.6rem;border:1px solid #8a938d;border-radius:8px;background:transparent;color:inherit;margin:0 0 1.25rem}
button,a.button{display:inline-block;font:inherit;padding:.6rem 1.2rem;border:1px solid #1d6b41;border-radius:6px;background:#1d6b41;color:#fff;cursor:pointer;text-decoration:none}
a.button{background:transparent;color:inherit;border-color:#8a938d}
button:focus-visible,a:focus-visible,textarea:focus-visible{outline:3px solid #8fc9a8;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#151917;color:#e7ebe8}main{background:#1f2522}.answer{border-color:#46504a}.answer:has(:checked){background:#223329;border-color:#8fc9a8}input{accent-color:#8fc9a8}}`

/** What the page may load and do: its own style, and a form to itself. */
export const SURVEY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What the page shows: the question with the clicked answer, thanks for one, or a sentence about the link. */
export type SurveyState =
  | { kind: 'ask'; offered: Offered }
  | { kind: 'thanks'; label: string }
  | { kind: 'test' | 'unknown' }

/** The page of a survey's link, in one language, without scripts. Its form goes to the address it was shown at. */
export function surveyPage(state: SurveyState, language: MailLanguage, business: string): string {
  const words = SURVEY_WORDS[language]
  const title = escapeHtml(words.title.replace('{business}', () => business))
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content(state, language)}
</main>
</body>
</html>
`
}

function content(state: SurveyState, language: MailLanguage): string {
  const words = SURVEY_WORDS[language]
  const about = (sentence: string, answer: string) => escapeHtml(sentence.replace('{answer}', () => answer))
  if (state.kind === 'ask') return form(state.offered, language)
  if (state.kind === 'thanks') {
    return `<p role="status">${about(words.thanks, state.label)}</p><a class="button" href="">${escapeHtml(words.change)}</a>`
  }
  return `<p role="status">${escapeHtml(words[state.kind])}</p>`
}

function form({ question, choices, clicked, given }: Offered, language: MailLanguage): string {
  const words = SURVEY_WORDS[language]
  const answers = choices.map(({ answer, label }) => {
    const checked = answer === clicked ? ' checked' : ''
    return `<label class="answer"><input type="radio" name="answer" value="${escapeHtml(answer)}"${checked}><span dir="auto">${escapeHtml(label)}</span></label>`
  })
  const before = choices.find(({ answer }) => answer === given)?.label ?? given
  const already =
    before === null ? '' : `<p role="status">${escapeHtml(words.answered.replace('{answer}', () => before))}</p>`
  return `${already}<form method="post">
<fieldset><legend dir="auto">${escapeHtml(question)}</legend>
${answers.join('\n')}
</fieldset>
<label class="more" for="comment">${escapeHtml(words.more)}</label>
<textarea id="comment" name="comment" maxlength="${MAX_COMMENT}" dir="auto"></textarea>
<button>${escapeHtml(words.button)}</button>
</form>`
}
