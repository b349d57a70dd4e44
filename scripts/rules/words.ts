import { automationsDe } from '../../rules/automations/words/de.ts'
import { automationsEn } from '../../rules/automations/words/en.ts'
import { automationsFr } from '../../rules/automations/words/fr.ts'
import { automationsIt } from '../../rules/automations/words/it.ts'
import { de } from '../../rules/words/de.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { en, type WordOptions } from '../../rules/words.ts'
import { WrongUse } from './io.ts'

const LANGUAGES = new Map([
  ['en', { ...en, ...automationsEn }],
  ['fr', { ...fr, ...automationsFr }],
  ['it', { ...it, ...automationsIt }],
  ['de', { ...de, ...automationsDe }],
])

/**
 * The words of a language.
 *
 * @throws WrongUse for a language or a currency that there is not
 */
export function wordsIn({ language, currency }: { language: string; currency: string }): WordOptions {
  const messages = LANGUAGES.get(language)
  if (messages === undefined) {
    throw new WrongUse(`There is no language “${language}”, only ${[...LANGUAGES.keys()].join(', ')}.`)
  }
  if (!/^[A-Z]{3}$/.test(currency)) throw new WrongUse(`A currency is three capital letters, not “${currency}”.`)
  return { messages, locale: language, currency }
}
