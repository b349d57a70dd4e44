/** The few words that every mail carries, in the languages that customers read. */
const WORDS = {
  en: { why: 'You get this mail because you are a customer of {business}.', unsubscribe: 'Unsubscribe' },
  fr: { why: 'Vous recevez ce message en tant que client de {business}.', unsubscribe: 'Se désabonner' },
  it: { why: 'Ricevi questa e-mail perché sei cliente di {business}.', unsubscribe: 'Annulla l’iscrizione' },
  de: { why: 'Sie erhalten diese E-Mail als Kundin oder Kunde von {business}.', unsubscribe: 'Abmelden' },
} as const

export type MailLanguage = keyof typeof WORDS

/**
 * The language that somebody is written to in: their own where we speak it (`fr-CH` is French), else the business's.
 */
export function mailLanguage(own: string | null, business: string): MailLanguage {
  const spoken = [own, business].map((tag) => tag?.toLowerCase().split(/[-_]/)[0] ?? '')
  return spoken.find((tag): tag is MailLanguage => Object.hasOwn(WORDS, tag)) ?? 'en'
}

/** The words under a mail: why somebody gets it, and how the link that ends it is called. */
export function footerWords(language: MailLanguage, business: string): { why: string; unsubscribe: string } {
  const { why, unsubscribe } = WORDS[language]
  return { why: why.replace('{business}', () => business), unsubscribe }
}
