import { cleanText } from './cleanText.ts'

/** What merge tags are filled from, for one recipient. What is left out is empty. */
export type MergeData = {
  customer: {
    first_name: string | null
    last_name: string | null
    email?: string | null
    username?: string | null
    phone?: string | null
    language?: string | null
    /** Days, `YYYY-MM-DD`. */
    birthdate?: string | null
    joined_on?: string | null
    status?: string | null
    attributes?: Record<string, string | number | boolean | null>
  }
  business: { name: string; email?: string }
  provider?: { name: string | null; email: string | null } | null
  /** The next booking, its parts as they are read by the customer. */
  nextBooking?: Record<'date' | 'time' | 'weekday' | 'service' | 'provider' | 'minutes', string | null> | null
  /** The reward that comes with the message, its parts as they are read by the customer. */
  reward?: Record<'kind' | 'size' | 'minutes' | 'valid_from' | 'valid_to', string | null> | null
}

type MergeTag = {
  /** What it is, for menus. */
  label: { en: string; de: string; fr: string; it: string }
  /** What it may look like, where nobody is chosen to look as. */
  example: string
  value: (data: MergeData) => string | null | undefined
}

/** Every merge tag that a message may contain. A further one is a line here. */
const MERGE_TAGS = {
  'customer.first_name': {
    label: { en: 'First name', de: 'Vorname', fr: 'Prénom', it: 'Nome' },
    example: 'Anna',
    value: ({ customer }) => customer.first_name,
  },
  'customer.last_name': {
    label: { en: 'Last name', de: 'Nachname', fr: 'Nom', it: 'Cognome' },
    example: 'Keller',
    value: ({ customer }) => customer.last_name,
  },
  'customer.full_name': {
    label: { en: 'First and last name', de: 'Vor- und Nachname', fr: 'Prénom et nom', it: 'Nome e cognome' },
    example: 'Anna Keller',
    value: ({ customer }) => [customer.first_name, customer.last_name].filter(Boolean).join(' '),
  },
  'customer.email': {
    label: { en: 'Email address', de: 'E-Mail-Adresse', fr: 'Adresse e-mail', it: 'Indirizzo e-mail' },
    example: 'anna@example.org',
    value: ({ customer }) => customer.email,
  },
  'customer.username': {
    label: { en: 'User name', de: 'Benutzername', fr: 'Nom d’utilisateur', it: 'Nome utente' },
    example: 'anna.k',
    value: ({ customer }) => customer.username,
  },
  'customer.phone': {
    label: { en: 'Telephone', de: 'Telefon', fr: 'Téléphone', it: 'Telefono' },
    example: '+41 44 555 01 01',
    value: ({ customer }) => customer.phone,
  },
  'customer.language': {
    label: { en: 'Language', de: 'Sprache', fr: 'Langue', it: 'Lingua' },
    example: 'en',
    value: ({ customer }) => customer.language,
  },
  'customer.birthdate': {
    label: { en: 'Date of birth', de: 'Geburtsdatum', fr: 'Date de naissance', it: 'Data di nascita' },
    example: '1990-05-17',
    value: ({ customer }) => customer.birthdate,
  },
  'customer.joined_on': {
    label: { en: 'Member since', de: 'Dabei seit', fr: 'Membre depuis', it: 'Iscritto dal' },
    example: '2024-03-01',
    value: ({ customer }) => customer.joined_on,
  },
  'customer.status': {
    label: { en: 'Status', de: 'Status', fr: 'Statut', it: 'Stato' },
    example: 'customer',
    value: ({ customer }) => customer.status,
  },
  'provider.name': {
    label: { en: 'Name of the provider', de: 'Name des Anbieters', fr: 'Nom du prestataire', it: 'Nome del fornitore' },
    example: 'Mara Lind',
    value: ({ provider }) => provider?.name,
  },
  'provider.email': {
    label: {
      en: 'Email address of the provider',
      de: 'E-Mail-Adresse des Anbieters',
      fr: 'Adresse e-mail du prestataire',
      it: 'Indirizzo e-mail del fornitore',
    },
    example: 'mara@example.org',
    value: ({ provider }) => provider?.email,
  },
  'business.name': {
    label: { en: 'Name of the business', de: 'Name des Betriebs', fr: 'Nom de l’entreprise', it: 'Nome dell’attività' },
    example: 'Studio',
    value: ({ business }) => business.name,
  },
  'business.email': {
    label: {
      en: 'Email address of the business',
      de: 'E-Mail-Adresse des Betriebs',
      fr: 'Adresse e-mail de l’entreprise',
      it: 'Indirizzo e-mail dell’attività',
    },
    example: 'hello@example.org',
    value: ({ business }) => business.email,
  },
  'next_booking.date': {
    label: {
      en: 'Next booking: date',
      de: 'Nächste Buchung: Datum',
      fr: 'Prochaine réservation : date',
      it: 'Prossima prenotazione: data',
    },
    example: '3 December 2026',
    value: ({ nextBooking }) => nextBooking?.date,
  },
  'next_booking.weekday': {
    label: {
      en: 'Next booking: day of the week',
      de: 'Nächste Buchung: Wochentag',
      fr: 'Prochaine réservation : jour de la semaine',
      it: 'Prossima prenotazione: giorno della settimana',
    },
    example: 'Thursday',
    value: ({ nextBooking }) => nextBooking?.weekday,
  },
  'next_booking.time': {
    label: {
      en: 'Next booking: time',
      de: 'Nächste Buchung: Uhrzeit',
      fr: 'Prochaine réservation : heure',
      it: 'Prossima prenotazione: ora',
    },
    example: '18:30',
    value: ({ nextBooking }) => nextBooking?.time,
  },
  'next_booking.service': {
    label: {
      en: 'Next booking: service',
      de: 'Nächste Buchung: Angebot',
      fr: 'Prochaine réservation : prestation',
      it: 'Prossima prenotazione: servizio',
    },
    example: 'Yin yoga',
    value: ({ nextBooking }) => nextBooking?.service,
  },
  'next_booking.provider': {
    label: {
      en: 'Next booking: with whom',
      de: 'Nächste Buchung: bei wem',
      fr: 'Prochaine réservation : avec qui',
      it: 'Prossima prenotazione: con chi',
    },
    example: 'Mara Lind',
    value: ({ nextBooking }) => nextBooking?.provider,
  },
  'next_booking.minutes': {
    label: {
      en: 'Next booking: length in minutes',
      de: 'Nächste Buchung: Dauer in Minuten',
      fr: 'Prochaine réservation : durée en minutes',
      it: 'Prossima prenotazione: durata in minuti',
    },
    example: '75',
    value: ({ nextBooking }) => nextBooking?.minutes,
  },
  'reward.size': {
    label: { en: 'Reward: how much', de: 'Guthaben: wie viel', fr: 'Avantage : montant', it: 'Premio: quanto' },
    example: '10 %',
    value: ({ reward }) => reward?.size,
  },
  'reward.kind': {
    label: {
      en: 'Reward: voucher or free_minutes',
      de: 'Guthaben: voucher oder free_minutes',
      fr: 'Avantage : voucher ou free_minutes',
      it: 'Premio: voucher o free_minutes',
    },
    example: 'voucher',
    value: ({ reward }) => reward?.kind,
  },
  'reward.minutes': {
    label: {
      en: 'Reward: number of free minutes',
      de: 'Guthaben: Zahl der Gratisminuten',
      fr: 'Avantage : nombre de minutes offertes',
      it: 'Premio: numero di minuti gratuiti',
    },
    example: '15',
    value: ({ reward }) => reward?.minutes,
  },
  'reward.valid_from': {
    label: {
      en: 'Reward: first day',
      de: 'Guthaben: erster Tag',
      fr: 'Avantage : premier jour',
      it: 'Premio: primo giorno',
    },
    example: '1 December 2026',
    value: ({ reward }) => reward?.valid_from,
  },
  'reward.valid_to': {
    label: {
      en: 'Reward: last day',
      de: 'Guthaben: letzter Tag',
      fr: 'Avantage : dernier jour',
      it: 'Premio: ultimo giorno',
    },
    example: '31 December 2026',
    value: ({ reward }) => reward?.valid_to,
  },
} as const satisfies Record<string, MergeTag>

export type MergeTagName = keyof typeof MERGE_TAGS

const ALL = Object.entries<MergeTag>(MERGE_TAGS)

/** Each merge tag with its name taken apart: every recipient asks for all of them. */
const READ = ALL.map(([path, { value }]) => {
  const [group = '', name = ''] = path.split('.')
  return { group, name, value }
})

/** The names of {@link MERGE_TAGS}, as they are written in a message. */
export const MERGE_TAG_NAMES: readonly string[] = ALL.map(([name]) => name)

/** True when a message may contain a merge tag of this name. */
export function isMergeTagName(name: string): name is MergeTagName {
  return Object.hasOwn(MERGE_TAGS, name)
}

/** What a template may read beside {@link MERGE_TAGS}: what each mail has at its foot. */
const MAIL_VALUES = {
  'links.unsubscribe': {
    en: 'Link: unsubscribe',
    de: 'Link: abmelden',
    fr: 'Lien : se désabonner',
    it: 'Link: annulla l’iscrizione',
  },
  'links.preferences': {
    en: 'Link: choose what to get',
    de: 'Link: auswählen, was man bekommt',
    fr: 'Lien : choisir ses messages',
    it: 'Link: scegli cosa ricevere',
  },
  'footer.why': {
    en: 'Why somebody gets the mail',
    de: 'Warum jemand die Mail bekommt',
    fr: 'Pourquoi on reçoit ce message',
    it: 'Perché si riceve l’e-mail',
  },
  'footer.unsubscribe': {
    en: 'The word “unsubscribe”',
    de: 'Das Wort „Abmelden“',
    fr: 'Le mot « se désabonner »',
    it: 'Le parole «annulla l’iscrizione»',
  },
} as const

/** Everything that the Liquid of a template may read; own attributes come on top. */
export const MERGE_VALUES: readonly string[] = [...Object.keys(MERGE_TAGS), ...Object.keys(MAIL_VALUES)]

/** True when a template may read a value of this name. */
export function isMergeValue(name: string): boolean {
  return MERGE_VALUES.includes(name) || /^customer\.attributes\../.test(name)
}

/** What the editor's menu shows of a merge tag. */
export type MergeTagEntry = { name: string; label: string; group: string; example: string }

/** The merge tags of templates, labelled in a language. */
export function mergeTagCatalogue(language: 'en' | 'de' | 'fr' | 'it'): MergeTagEntry[] {
  const groupOf = (name: string) => name.split('.')[0] ?? ''
  return [
    ...ALL.map(([name, { label, example }]) => ({ name, label: label[language], group: groupOf(name), example })),
    ...Object.entries(MAIL_VALUES).map(([name, label]) => ({
      name,
      label: label[language],
      group: groupOf(name),
      example: '',
    })),
  ]
}

/** The values of all merge tags for one recipient as Liquid reads them: `{customer: {first_name: …}, …}`. */
export function mergeValues(data: MergeData): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {}
  for (const { group, name, value } of READ) {
    const text = cleanText(value(data) ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    values[group] ??= {}
    // nothing is nil, so that {% if %} can ask whether there is something
    values[group][name] = text === '' ? null : text
  }
  const { attributes } = data.customer
  if (attributes !== undefined) values.customer = { ...values.customer, attributes }
  return values
}

/**
 * A merge tag as Liquid: `{{ customer.first_name | default: 'friend' }}`. The fallback becomes a quoted Liquid text,
 * in which backslash and quote are escaped, so that it can't end early.
 */
export function mergeTagLiquid(name: string, fallback: string): string {
  return fallback === '' ? `{{ ${name} }}` : `{{ ${name} | default: ${liquidText(fallback)} }}`
}

/** A text as a Liquid literal. */
function liquidText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\s+/g, ' ')}'`
}

/** Text that Liquid gives back as it is: each brace is written as a Liquid output of that brace. */
export function literalLiquid(text: string): string {
  return text.replace(/[{}]/g, (brace) => `{{ '${brace}' }}`)
}

const TAG = /\{\{-?\s*([a-z_]+\.[a-z_.]+)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}/g

/** A piece of a line of text: the text itself, or a merge tag. */
export type TextPart = { text: string } | { name: string; fallback: string }

/**
 * Takes merge tags out of a line: `Hello {{ customer.first_name | default: "you" }}`. Braces around anything that is
 * not a path of names stay text; whether the names exist is for the caller to check.
 */
export function readMergeTags(line: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of line.matchAll(TAG)) {
    if (match.index > from) parts.push({ text: line.slice(from, match.index) })
    parts.push({ name: match[1] ?? '', fallback: match[2] ?? match[3] ?? '' })
    from = match.index + match[0].length
  }
  if (from < line.length) parts.push({ text: line.slice(from) })
  return parts
}
