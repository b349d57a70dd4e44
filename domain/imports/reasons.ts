/** Why a cell, or a row, could not be taken. */
export const REASONS = [
  'missing',
  'no_identity',
  'not_an_id',
  'not_an_email',
  'too_long',
  'not_a_date',
  'not_an_instant',
  'not_a_time',
  'not_a_gender',
  'not_a_language',
  'not_a_country',
  'not_yes_or_no',
  'not_a_number',
  'not_an_amount',
  'not_minutes',
  'not_a_state',
  'formula_error',
  'several_customers',
  'too_many_tags',
  'too_many_columns',
  'refused',
] as const
export type ReasonCode = (typeof REASONS)[number]

export type Reason = {
  code: ReasonCode
  /** The column, counted from 0; null for the whole row. */
  column: number | null
  /** What stands in the cell, shortened; of `refused` the sentence of ingest. */
  value: string
}

export type ReasonLanguage = 'en' | 'de' | 'fr' | 'it'

/** What a reason says; `{value}` is what stands there. */
const SENTENCES: Readonly<Record<ReasonLanguage, Readonly<Record<ReasonCode, string>>>> = {
  en: {
    missing: 'There is nothing here, and it is needed',
    no_identity: 'Nobody can be known by this row: it has neither an identifier nor an address',
    not_an_id: '“{value}” is no identifier: allowed are 1 to 64 letters A–Z, digits and . _ : -',
    not_an_email: '“{value}” is no email address',
    too_long: '“{value}…” is too long',
    not_a_date: '“{value}” is no day of the calendar',
    not_an_instant: '“{value}” is no day with or without a time',
    not_a_time: '“{value}” is no time of day',
    not_a_gender: '“{value}” is no gender that is known here: female, male or diverse',
    not_a_language: '“{value}” is no language, such as en or German',
    not_a_country: '“{value}” is no country, such as CH or Switzerland',
    not_yes_or_no: '“{value}” is neither yes nor no',
    not_a_number: '“{value}” is no whole number that is allowed here',
    not_an_amount: '“{value}” is no amount of money',
    not_minutes: '“{value}” is no length in minutes',
    not_a_state: '“{value}” is none of booked, attended, no-show and cancelled',
    formula_error: 'The formula in this cell gave an error, or its result is not in the file',
    several_customers: 'Several customers have the address “{value}”: say by an identifier who is meant',
    too_many_tags: 'A customer gets at most 50 tags of 100 characters by one row',
    too_many_columns:
      'The row has more cells than the file has columns: a quotation mark or separator is in the wrong place',
    refused: '{value}',
  },
  de: {
    missing: 'Hier steht nichts, obwohl etwas stehen muss',
    no_identity: 'An dieser Zeile ist niemand zu erkennen: Sie hat weder Kennung noch Adresse',
    not_an_id: '„{value}“ ist keine Kennung: erlaubt sind 1 bis 64 Buchstaben A–Z, Ziffern und . _ : -',
    not_an_email: '„{value}“ ist keine E-Mail-Adresse',
    too_long: '„{value}…“ ist zu lang',
    not_a_date: '„{value}“ ist kein Tag im Kalender',
    not_an_instant: '„{value}“ ist kein Tag mit oder ohne Uhrzeit',
    not_a_time: '„{value}“ ist keine Uhrzeit',
    not_a_gender: '„{value}“ ist kein Geschlecht, das hier bekannt ist: weiblich, männlich oder divers',
    not_a_language: '„{value}“ ist keine Sprache wie de oder Deutsch',
    not_a_country: '„{value}“ ist kein Land wie CH oder Schweiz',
    not_yes_or_no: '„{value}“ ist weder Ja noch Nein',
    not_a_number: '„{value}“ ist keine ganze Zahl, die hier erlaubt ist',
    not_an_amount: '„{value}“ ist kein Geldbetrag',
    not_minutes: '„{value}“ ist keine Dauer in Minuten',
    not_a_state: '„{value}“ ist weder gebucht noch besucht, nicht erschienen oder abgesagt',
    formula_error: 'Die Formel in dieser Zelle ergab einen Fehler, oder ihr Ergebnis steht nicht in der Datei',
    several_customers: 'Mehrere Kunden haben die Adresse „{value}“: Nennen Sie eine Kennung',
    too_many_tags: 'Ein Kunde bekommt durch eine Zeile höchstens 50 Tags mit je 100 Zeichen',
    too_many_columns: 'Die Zeile hat mehr Zellen als die Datei Spalten: Ein Anführungs- oder Trennzeichen steht falsch',
    refused: '{value}',
  },
  fr: {
    missing: 'La cellule est vide alors qu’elle est nécessaire',
    no_identity: 'Cette ligne ne désigne personne : elle n’a ni identifiant ni adresse',
    not_an_id: '« {value} » n’est pas un identifiant : de 1 à 64 lettres A–Z, chiffres et . _ : -',
    not_an_email: '« {value} » n’est pas une adresse e-mail',
    too_long: '« {value}… » est trop long',
    not_a_date: '« {value} » n’est pas un jour du calendrier',
    not_an_instant: '« {value} » n’est pas un jour, avec ou sans heure',
    not_a_time: '« {value} » n’est pas une heure',
    not_a_gender: '« {value} » n’est pas un genre connu ici : féminin, masculin ou divers',
    not_a_language: '« {value} » n’est pas une langue, comme fr ou français',
    not_a_country: '« {value} » n’est pas un pays, comme CH ou Suisse',
    not_yes_or_no: '« {value} » n’est ni oui ni non',
    not_a_number: '« {value} » n’est pas un nombre entier permis ici',
    not_an_amount: '« {value} » n’est pas un montant',
    not_minutes: '« {value} » n’est pas une durée en minutes',
    not_a_state: '« {value} » n’est ni réservé, ni venu, ni absent, ni annulé',
    formula_error: 'La formule de cette cellule a donné une erreur, ou son résultat n’est pas dans le fichier',
    several_customers: 'Plusieurs clients ont l’adresse « {value} » : indiquez un identifiant',
    too_many_tags: 'Une ligne donne à un client au plus 50 tags de 100 caractères',
    too_many_columns:
      'La ligne a plus de cellules que le fichier de colonnes : un guillemet ou un séparateur est mal placé',
    refused: '{value}',
  },
  it: {
    missing: 'Qui non c’è nulla, ma serve qualcosa',
    no_identity: 'Questa riga non indica nessuno: non ha né identificativo né indirizzo',
    not_an_id: '«{value}» non è un identificativo: da 1 a 64 lettere A–Z, cifre e . _ : -',
    not_an_email: '«{value}» non è un indirizzo e-mail',
    too_long: '«{value}…» è troppo lungo',
    not_a_date: '«{value}» non è un giorno del calendario',
    not_an_instant: '«{value}» non è un giorno, con o senza ora',
    not_a_time: '«{value}» non è un’ora',
    not_a_gender: '«{value}» non è un genere noto qui: femmina, maschio o altro',
    not_a_language: '«{value}» non è una lingua, come it o italiano',
    not_a_country: '«{value}» non è un paese, come CH o Svizzera',
    not_yes_or_no: '«{value}» non è né sì né no',
    not_a_number: '«{value}» non è un numero intero ammesso qui',
    not_an_amount: '«{value}» non è un importo',
    not_minutes: '«{value}» non è una durata in minuti',
    not_a_state: '«{value}» non è né prenotato, né venuto, né assente, né annullato',
    formula_error: 'La formula di questa cella ha dato un errore, o il suo risultato non è nel file',
    several_customers: 'Più clienti hanno l’indirizzo «{value}»: indichi un identificativo',
    too_many_tags: 'Una riga dà a un cliente al massimo 50 tag di 100 caratteri',
    too_many_columns: 'La riga ha più celle delle colonne del file: una virgoletta o un separatore è fuori posto',
    refused: '{value}',
  },
}

/** A reason as a sentence. */
export const reasonSentence = ({ code, value }: Pick<Reason, 'code' | 'value'>, language: ReasonLanguage): string =>
  SENTENCES[language][code].replace('{value}', () => value)

/** What the columns of a file of rejected rows say beside those of the file itself. */
export const PROBLEM_COLUMNS: Readonly<Record<ReasonLanguage, { row: string; reason: string; file: string }>> = {
  en: { row: 'Row', reason: 'Reason', file: 'rejected' },
  de: { row: 'Zeile', reason: 'Grund', file: 'abgelehnt' },
  fr: { row: 'Ligne', reason: 'Raison', file: 'refuses' },
  it: { row: 'Riga', reason: 'Motivo', file: 'rifiutati' },
}
