import { CONTENTS } from './contents.ts'
import { FIELDS } from './fields.ts'
import { KEEPING } from './keeping.ts'
import { REWARDS } from './rewards.ts'
import { KINDS_OF_VALUES, SCHEMAS } from './schemas.ts'
import { SENDING } from './sending.ts'
import type { Language, Sentence } from './sentence.ts'

const SENTENCES: readonly Sentence[] = [...SENDING, ...REWARDS, ...KEEPING, ...FIELDS, ...CONTENTS, ...SCHEMAS]

/** States and other words that are put into sentences. */
const STATES: Readonly<Record<string, Readonly<Record<Exclude<Language, 'en'>, string>>>> = {
  draft: { de: 'ein Entwurf', fr: 'en brouillon', it: 'in bozza' },
  awaiting_approval: { de: 'nicht freigegeben', fr: 'en attente d’accord', it: 'in attesa di approvazione' },
  scheduled: { de: 'geplant', fr: 'planifié', it: 'pianificato' },
  preparing: { de: 'in Vorbereitung', fr: 'en préparation', it: 'in preparazione' },
  sending: { de: 'im Versand', fr: 'en cours d’envoi', it: 'in invio' },
  queued: { de: 'in der Warteschlange', fr: 'en attente', it: 'in coda' },
  paused: { de: 'angehalten', fr: 'en pause', it: 'in pausa' },
  live: { de: 'eingeschaltet', fr: 'en marche', it: 'attiva' },
  stopped: { de: 'beendet', fr: 'à l’arrêt', it: 'ferma' },
  sent: { de: 'gesendet', fr: 'envoyé', it: 'inviato' },
  delivered: { de: 'zugestellt', fr: 'remis', it: 'consegnato' },
  cancelled: { de: 'abgebrochen', fr: 'annulé', it: 'annullato' },
  failed: { de: 'gescheitert', fr: 'en échec', it: 'non riuscito' },
  ...KINDS_OF_VALUES,
  Somebody: { de: 'Jemand', fr: 'Quelqu’un', it: 'Qualcuno' },
  'Another window': { de: 'Ein anderes Fenster', fr: 'Une autre fenêtre', it: 'Un’altra finestra' },
}

/** Each sentence with what finds it; made once, when the first one is asked for. */
let patterns: { pattern: RegExp; sentence: Sentence }[] | undefined

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternsOf(): { pattern: RegExp; sentence: Sentence }[] {
  patterns ??= SENTENCES.map((sentence) => ({
    pattern: new RegExp(`^${sentence.en.split('{}').map(escaped).join('(.*?)')}$`, 's'),
    sentence,
  }))
  return patterns
}

/** How `checkInput` sums several mistakes up: where the first one is, what it is, and how many more there are. */
const SUMMED_UP = /^(The body|\/\S*): (.+?)(?: \(and (\d+) more\))?$/s
const BODY = { de: 'Der Inhalt', fr: 'Le contenu', it: 'Il contenuto' }
const MORE = {
  de: (count: string) => ` (und ${count} mehr)`,
  fr: (count: string) => ` (et ${count} de plus)`,
  it: (count: string) => ` (e altri ${count})`,
}
const COLON = { de: ': ', fr: '\u202f: ', it: ': ' }

/**
 * A sentence of a problem in another language; as it came when nobody has written it in that one.
 *
 * @param language one of {@link LANGUAGES}; any other is English
 */
export function inLanguage(text: string, language: string): string {
  if (language !== 'de' && language !== 'fr' && language !== 'it') return text
  const [, where, sentence, more] = SUMMED_UP.exec(text) ?? []
  if (where === undefined || sentence === undefined) return sentenceIn(text, language)
  const place = where === 'The body' ? BODY[language] : where
  return `${place}${COLON[language]}${sentenceIn(sentence, language)}${more === undefined ? '' : MORE[language](more)}`
}

function sentenceIn(text: string, language: Exclude<Language, 'en'>): string {
  for (const { pattern, sentence } of patternsOf()) {
    const found = pattern.exec(text)
    if (found === null) continue
    return sentence[language].replace(/\{(\d)\}/g, (_, index: string) => {
      const put = found[Number(index) + 1] ?? ''
      return Object.hasOwn(STATES, put) ? (STATES[put]?.[language] ?? put) : put
    })
  }
  return text
}
