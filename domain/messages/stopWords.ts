import type { MailLanguage } from './words.ts'

/** How messages to a telephone are ended: by an answer where the sender takes one, else by a page. */
const WORDS: Record<MailLanguage, { answer: string; page: string; button: string }> = {
  en: { answer: 'Reply STOP to opt out', page: 'Opt out:', button: 'Unsubscribe' },
  fr: { answer: 'Répondez STOP pour ne plus en recevoir', page: 'Désabonnement :', button: 'Se désabonner' },
  it: { answer: 'Rispondi STOP per non riceverne più', page: 'Annulla iscrizione:', button: 'Annulla l’iscrizione' },
  de: { answer: 'Abmelden: STOP antworten', page: 'Abmelden:', button: 'Abmelden' },
}

/**
 * The line under an SMS that says how to end them.
 *
 * @param page the address of the page where that is done; null where STOP is understood as an answer
 */
export function stopWords(language: MailLanguage, page: string | null): string {
  const words = WORDS[language]
  return page === null ? words.answer : `${words.page} ${page}`
}

/** What the button says that ends notifications. */
export const stopButton = (language: MailLanguage): string => WORDS[language].button
