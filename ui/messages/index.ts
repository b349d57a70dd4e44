import canvas from './en/canvas.json' with { type: 'json' }
import composer from './en/composer.json' with { type: 'json' }
import customers from './en/customers.json' with { type: 'json' }
import inbox from './en/inbox.json' with { type: 'json' }
import mailings from './en/mailings.json' with { type: 'json' }
import segments from './en/segments.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import shared from './en/shared.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }

const english = {
  ...shell,
  ...shared,
  ...segments,
  ...customers,
  ...mailings,
  ...inbox,
  ...settings,
  ...composer,
  ...canvas,
}

/** Every text of the pages has an id here; an id that is not in the English catalogue does not compile. */
export type MessageId = keyof typeof english
export type Messages = Readonly<Record<MessageId, string>>

/**
 * The languages that the pages speak. Another one is a folder beside `en/` with the same ids, loaded when it is chosen:
 * `fr: () => import('./fr/index.ts').then((catalogue) => catalogue.default)`.
 */
const catalogues = { en: async (): Promise<Messages> => english }

export type Language = keyof typeof catalogues

/** What is shown until the chosen language is loaded, and where a catalogue lacks a text. */
export const fallbackMessages: Messages = english

const isLanguage = (tag: string): tag is Language => Object.hasOwn(catalogues, tag)

/**
 * The first language of the reader's list that the pages speak, with the reader's own regional form for numbers and
 * dates ("en-GB"); English when there is none.
 * @param preferred BCP 47 tags, the dearest first
 */
export function chooseLanguage(preferred: readonly string[]): { language: Language; locale: string } {
  for (const locale of preferred) {
    const language = locale.toLowerCase().split('-')[0] ?? ''
    if (isLanguage(language)) return { language, locale }
  }
  return { language: 'en', locale: 'en' }
}

/** Loads the texts of a language. */
export const loadMessages = (language: Language): Promise<Messages> => catalogues[language]()
