import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import { publicPage } from '../tracking/publicPage.ts'
import { OPT_IN_WORDS } from './words.ts'

type Written = { language: MailLanguage; business: string }

/** What was typed, and what is wrong with it. */
export type SignUp = { email: string; firstName: string; wrong: 'notAddress' | 'notAgreed' | 'busy' | 'away' | null }

/** The form with which somebody asks for mail. */
export function signUpPage({ language, business }: Written, { email, firstName, wrong }: SignUp): string {
  const words = OPT_IN_WORDS[language]
  const say = (text: string) => escapeHtml(text.replaceAll('{business}', () => business))
  const title = words.title.replaceAll('{business}', () => business)
  const faulty = wrong === 'notAddress' ? ' aria-invalid="true" aria-describedby="wrong"' : ''
  const told = wrong === null ? '' : `<p id="wrong" role="alert">${say(words[wrong])}</p>`
  return publicPage(
    language,
    title,
    `<p>${say(words.intro)}</p>
${told}<form method="post">
<input type="hidden" name="language" value="${language}">
<label class="field">${say(words.email)}<input type="email" name="email" required maxlength="254" autocomplete="email" value="${escapeHtml(email)}"${faulty}></label>
<label class="field">${say(words.firstName)}<input type="text" name="first_name" maxlength="100" autocomplete="given-name" value="${escapeHtml(firstName)}"></label>
<p class="trap" aria-hidden="true"><input type="text" name="website" tabindex="-1" autocomplete="off"></p>
<label class="choice"><input type="checkbox" name="agree" value="yes" required> <span>${say(words.wording)}</span></label>
<p></p><button>${say(words.send)}</button>
</form>`,
  )
}

/** What is said after the form, whoever the address belongs to. */
export const sentPage = (written: Written): string => notePage(written, 'sent')

/** The page of the link in the mail: asks, and says what became of it. */
export function confirmPage(written: Written, state: 'ask' | 'done' | 'expired' | 'unknown', wording = ''): string {
  if (state !== 'ask') return notePage(written, state)
  const words = OPT_IN_WORDS[written.language]
  return publicPage(
    written.language,
    words.title.replaceAll('{business}', () => written.business),
    `<p>${escapeHtml(words.ask)}</p><p><strong>${escapeHtml(wording)}</strong></p>
<form method="post"><button>${escapeHtml(words.confirm)}</button></form>`,
  )
}

function notePage({ language, business }: Written, state: 'sent' | 'done' | 'expired' | 'unknown'): string {
  const words = OPT_IN_WORDS[language]
  const title = words.title.replaceAll('{business}', () => business)
  return publicPage(language, title, `<p role="status">${escapeHtml(words[state])}</p>`)
}
