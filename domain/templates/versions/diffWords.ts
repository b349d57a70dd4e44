import type { TemplateLanguage } from '../content.ts'

type Words = {
  added: string
  removed: string
  becomes: string
  moved: string
  changed: string
  none: string
  quotes: [string, string]
  colon: string
}

const WORDS: Record<TemplateLanguage, Words> = {
  en: {
    added: 'added {text}',
    removed: 'removed {text}',
    becomes: '{before} becomes {after}',
    moved: 'moved {text}',
    changed: 'changed',
    none: 'nothing',
    quotes: ['“', '”'],
    colon: ': ',
  },
  de: {
    added: '{text} hinzugefügt',
    removed: '{text} entfernt',
    becomes: '{before} wird {after}',
    moved: '{text} verschoben',
    changed: 'geändert',
    none: 'nichts',
    quotes: ['„', '“'],
    colon: ': ',
  },
  fr: {
    added: 'ajout de {text}',
    removed: 'suppression de {text}',
    becomes: '{before} devient {after}',
    moved: 'déplacement de {text}',
    changed: 'modification',
    none: 'rien',
    quotes: ['« ', ' »'],
    colon: ' : ',
  },
  it: {
    added: 'aggiunta di {text}',
    removed: 'rimozione di {text}',
    becomes: '{before} diventa {after}',
    moved: 'spostamento di {text}',
    changed: 'modifica',
    none: 'niente',
    quotes: ['«', '»'],
    colon: ': ',
  },
}

/** What people call the parts of a template; what is not here goes by its own name. */
const PARTS: Readonly<Record<string, Record<TemplateLanguage, string>>> = {
  subject: { en: 'Subject', de: 'Betreff', fr: 'Objet', it: 'Oggetto' },
  preheader: { en: 'Preheader', de: 'Vorschautext', fr: 'Texte d’aperçu', it: 'Testo di anteprima' },
  text: { en: 'Plain text', de: 'Nur-Text-Fassung', fr: 'Version texte', it: 'Versione di solo testo' },
  test_data: { en: 'Test data', de: 'Testdaten', fr: 'Données de test', it: 'Dati di prova' },
  'mj-text': { en: 'Text', de: 'Text', fr: 'Texte', it: 'Testo' },
  'mj-button': { en: 'Button', de: 'Schaltfläche', fr: 'Bouton', it: 'Pulsante' },
  'mj-image': { en: 'Picture', de: 'Bild', fr: 'Image', it: 'Immagine' },
  'mj-section': { en: 'Section', de: 'Abschnitt', fr: 'Section', it: 'Sezione' },
  'mj-column': { en: 'Column', de: 'Spalte', fr: 'Colonne', it: 'Colonna' },
  'mj-divider': { en: 'Line', de: 'Linie', fr: 'Ligne', it: 'Linea' },
  'mj-spacer': { en: 'Space', de: 'Abstand', fr: 'Espace', it: 'Spazio' },
  'mj-table': { en: 'Table', de: 'Tabelle', fr: 'Tableau', it: 'Tabella' },
  'mj-survey': { en: 'Survey', de: 'Umfrage', fr: 'Sondage', it: 'Sondaggio' },
  'mj-survey-answer': { en: 'Answer', de: 'Antwort', fr: 'Réponse', it: 'Risposta' },
  'mj-raw': { en: 'Raw HTML', de: 'Rohes HTML', fr: 'HTML brut', it: 'HTML grezzo' },
  'mj-style': { en: 'Style', de: 'Stil', fr: 'Style', it: 'Stile' },
  'mj-body': { en: 'Page', de: 'Seite', fr: 'Page', it: 'Pagina' },
}

export type Said = {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** A field of the content, or the name of an MJML element. */
  part: string
  /** Words that name what is meant, like the label of a button. */
  about?: string
  before?: string
  after?: string
}

const LONGEST = 120

/** A change as one sentence. */
export function sayChange({ kind, part, about, before, after }: Said, language: TemplateLanguage): string {
  const words = WORDS[language]
  const quoted = (text: string | undefined) => {
    const short = (text ?? '').replace(/\s+/g, ' ').trim()
    if (short === '') return words.none
    return `${words.quotes[0]}${short.length > LONGEST ? `${short.slice(0, LONGEST).trimEnd()}…` : short}${words.quotes[1]}`
  }
  const subject = `${PARTS[part]?.[language] ?? `<${part}>`}${about === undefined ? '' : ` ${quoted(about)}`}`
  if (kind === 'changed' && before === undefined && after === undefined) {
    return `${subject}${words.colon}${words.changed}`
  }
  const filled =
    kind === 'changed'
      ? words.becomes.replace('{before}', () => quoted(before)).replace('{after}', () => quoted(after))
      : words[kind].replace('{text}', () => quoted(kind === 'removed' ? before : after))
  return `${subject}${words.colon}${filled}`
}
