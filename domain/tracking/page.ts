import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import { MAIL_KINDS } from '../suppressions/kinds.ts'
import type { Preferences, Sender } from './preferences.ts'
import { publicPage } from './publicPage.ts'
import { PAGE_WORDS, type PageWords } from './words.ts'

/** What the page of an unsubscribe link shows. */
export type PageState = 'ask' | 'done' | 'again' | 'saved' | 'test' | 'unknown'

/**
 * The page of an unsubscribe link: the way out first, then what may be chosen one by one, then the way out of everything.
 *
 * @param preferences what the customer gets now; null where nobody knows whose link it is
 */
export function unsubscribePage(
  state: PageState,
  { language, business, preferences }: { language: MailLanguage; business: string; preferences: Preferences | null },
): string {
  const words = PAGE_WORDS[language]
  const fill = (text: string) => text.replaceAll('{business}', () => business)
  const say = (text: string) => escapeHtml(fill(text))
  const act = {
    ask: form('unsubscribe', say(words.button)),
    done: form('undo', say(words.undo), 'quiet'),
    again: form('unsubscribe', say(words.button), 'quiet'),
    saved: '',
    test: '',
    unknown: '',
  }[state]
  const choices = preferences === null ? '' : choose(preferences, words, say)
  return publicPage(language, fill(words.title), `<p role="status">${say(words[state])}</p>\n${act}\n${choices}`)
}

const form = (action: string, label: string, style = ''): string =>
  `<form method="post"><input type="hidden" name="action" value="${action}"><button${
    style === '' ? '' : ` class="${style}"`
  }>${label}</button></form>`

type Say = (text: string) => string

function choose({ senders, nothing }: Preferences, words: PageWords, say: Say): string {
  return `<h2 id="choose">${say(words.choose)}</h2>
<form method="post" aria-labelledby="choose">
<input type="hidden" name="action" value="save">
${senders.map((sender) => senderFields(sender, words, say)).join('\n')}
<button class="quiet">${say(words.save)}</button>
</form>
${nothing ? '' : form('nothing', say(words.nothing), 'quiet')}`
}

function senderFields({ providerId, name, channels }: Sender, words: PageWords, say: Say): string {
  const legend = say(name === null ? words.fromBusiness : words.fromProvider.replace('{provider}', () => name))
  const rows = channels.map(({ channel, kinds, held }) => {
    const offered = `${providerId}.${channel}`
    const boxes = MAIL_KINDS.map((kind) => {
      const state = `${kinds[kind] ? ' checked' : ''}${held ? ' disabled' : ''}`
      return `<label class="choice"><input type="checkbox" name="want" value="${offered}.${kind}"${state}> ${say(words.kinds[kind])}</label>`
    })
    const note = held
      ? `<p class="hint">${say(words.held)}</p>`
      : `<input type="hidden" name="offered" value="${offered}">`
    return `<div class="channel" role="group" aria-label="${say(words.channels[channel])}"><span aria-hidden="true">${say(words.channels[channel])}</span>
${boxes.join('\n')}${note}</div>`
  })
  return `<fieldset><legend>${legend}</legend>\n${rows.join('\n')}</fieldset>`
}
