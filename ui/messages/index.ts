import type { Messages as RuleWords } from '../../rules/words/messages.ts'
import access from './en/access.json' with { type: 'json' }
import audiences from './en/audiences.json' with { type: 'json' }
import automations from './en/automations.json' with { type: 'json' }
import backtest from './en/backtest.json' with { type: 'json' }
import canvas from './en/canvas.json' with { type: 'json' }
import composer from './en/composer.json' with { type: 'json' }
import condition from './en/condition.json' with { type: 'json' }
import connections from './en/connections.json' with { type: 'json' }
import customerList from './en/customerList.json' with { type: 'json' }
import customers from './en/customers.json' with { type: 'json' }
import deliveries from './en/deliveries.json' with { type: 'json' }
import history from './en/history.json' with { type: 'json' }
import home from './en/home.json' with { type: 'json' }
import imports from './en/imports.json' with { type: 'json' }
import inbox from './en/inbox.json' with { type: 'json' }
import loyalty from './en/loyalty.json' with { type: 'json' }
import mailings from './en/mailings.json' with { type: 'json' }
import merge from './en/merge.json' with { type: 'json' }
import outline from './en/outline.json' with { type: 'json' }
import privacy from './en/privacy.json' with { type: 'json' }
import report from './en/report.json' with { type: 'json' }
import rewards from './en/rewards.json' with { type: 'json' }
import segments from './en/segments.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import shared from './en/shared.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }
import standard from './en/standard.json' with { type: 'json' }
import statuses from './en/statuses.json' with { type: 'json' }
import templates from './en/templates.json' with { type: 'json' }
import versions from './en/versions.json' with { type: 'json' }

const english = {
  ...shell,
  ...shared,
  ...home,
  ...segments,
  ...standard,
  ...history,
  ...customers,
  ...customerList,
  ...mailings,
  ...deliveries,
  ...privacy,
  ...merge,
  ...report,
  ...loyalty,
  ...rewards,
  ...audiences,
  ...imports,
  ...inbox,
  ...settings,
  ...composer,
  ...canvas,
  ...backtest,
  ...condition,
  ...outline,
  ...statuses,
  ...templates,
  ...versions,
  ...automations,
  ...access,
  ...connections,
}

/** Every text of the pages has an id here; an id that is not in the English catalogue does not compile. */
export type MessageId = keyof typeof english
export type Messages = Readonly<Record<MessageId, string>>

/** What one language says: the texts of the pages, and the words of rules where they are not the English ones. */
export type Catalogue = { readonly texts: Partial<Messages>; readonly ruleWords?: RuleWords }

/**
 * The languages that the pages speak, by their own names. Each but English is a folder beside `en/` with the same ids,
 * loaded when it is chosen.
 */
const languages = {
  en: { name: 'English', load: async (): Promise<Catalogue> => ({ texts: english }) },
  de: { name: 'Deutsch', load: (): Promise<Catalogue> => import('./de/index.ts') },
  fr: { name: 'Français', load: (): Promise<Catalogue> => import('./fr/index.ts') },
  it: { name: 'Italiano', load: (): Promise<Catalogue> => import('./it/index.ts') },
}

export type Language = keyof typeof languages

/** What is shown where a catalogue lacks a text, and where a language could not be loaded. */
export const fallbackMessages: Messages = english

export const LANGUAGES = Object.keys(languages) as Language[]

/** The name of a language in that language, as whoever looks for it would read it. */
export const ownName = (language: Language): string => languages[language].name

export const isLanguage = (tag: unknown): tag is Language => typeof tag === 'string' && Object.hasOwn(languages, tag)

/** The language of a regional form (`de-AT` is German); undefined when the pages don't speak it. */
export function languageOf(locale: string): Language | undefined {
  const language = locale.toLowerCase().split('-')[0]
  return isLanguage(language) ? language : undefined
}

/**
 * The first language of the reader's list that the pages speak, with the reader's own regional form for numbers and
 * dates ("en-GB"); English when there is none.
 * @param preferred BCP 47 tags, the dearest first
 * @param chosen the language that the reader has chosen here, before all others
 */
export function chooseLanguage(
  preferred: readonly string[],
  chosen: Language | null = null,
): { language: Language; locale: string } {
  const wanted = chosen === null ? preferred : [...preferred.filter((tag) => languageOf(tag) === chosen), chosen]
  for (const locale of wanted) {
    const language = languageOf(locale)
    if (language !== undefined) return { language, locale }
  }
  return { language: 'en', locale: 'en' }
}

/** Loads what a language says. */
export const loadCatalogue = (language: Language): Promise<Catalogue> => languages[language].load()
