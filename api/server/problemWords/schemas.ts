import type { Sentence } from './sentence.ts'

/**
 * What zod says of a value that a schema does not allow, by its kinds of issue (`invalid_type`, `too_small`, `invalid_format`, …), as
 * `zod/locales/en` has it. The narrower sentence stands before the wider one.
 */
export const SCHEMAS: readonly Sentence[] = [
  {
    en: 'Invalid input: expected {}, received undefined',
    de: 'Fehlt. Erwartet: {0}',
    fr: 'Manque. Attendu : {0}',
    it: 'Manca. Atteso: {0}',
  },
  {
    en: 'Invalid input: expected {}, received {}',
    de: 'Erwartet: {0}, gekommen: {1}',
    fr: 'Attendu : {0}, reçu : {1}',
    it: 'Atteso: {0}, ricevuto: {1}',
  },
  {
    en: 'Invalid input: expected {}',
    de: 'Erwartet: {0}',
    fr: 'Attendu : {0}',
    it: 'Atteso: {0}',
  },
  {
    en: 'Invalid input',
    de: 'Das ist hier nicht möglich',
    fr: 'Ceci n’est pas possible ici',
    it: 'Qui non è possibile',
  },
  {
    en: 'Invalid option: expected one of {}',
    de: 'Möglich ist eines von: {0}',
    fr: 'Possible : l’un de {0}',
    it: 'Possibile: uno tra {0}',
  },
  {
    en: 'Invalid discriminator value. Expected {}',
    de: 'Erwartet: {0}',
    fr: 'Attendu : {0}',
    it: 'Atteso: {0}',
  },
  {
    en: 'Too small: expected string to have >=1 characters',
    de: 'Darf nicht leer sein',
    fr: 'Ne doit pas être vide',
    it: 'Non può essere vuoto',
  },
  {
    en: 'Too small: expected array to have >=1 items',
    de: 'Mindestens eines ist nötig',
    fr: 'Il en faut au moins un',
    it: 'Ne serve almeno uno',
  },
  {
    en: 'Too small: expected string to have >={} characters',
    de: 'Mindestens {0} Zeichen',
    fr: 'Au moins {0} caractères',
    it: 'Almeno {0} caratteri',
  },
  {
    en: 'Too big: expected string to have <={} characters',
    de: 'Höchstens {0} Zeichen',
    fr: 'Au plus {0} caractères',
    it: 'Al massimo {0} caratteri',
  },
  {
    en: 'Too small: expected string to have exactly {} characters',
    de: 'Genau {0} Zeichen',
    fr: 'Exactement {0} caractères',
    it: 'Esattamente {0} caratteri',
  },
  {
    en: 'Too big: expected string to have exactly {} characters',
    de: 'Genau {0} Zeichen',
    fr: 'Exactement {0} caractères',
    it: 'Esattamente {0} caratteri',
  },
  {
    en: 'Too small: expected array to have >={} items',
    de: 'Mindestens {0}',
    fr: 'Au moins {0}',
    it: 'Almeno {0}',
  },
  {
    en: 'Too big: expected array to have <={} items',
    de: 'Höchstens {0}',
    fr: 'Au plus {0}',
    it: 'Al massimo {0}',
  },
  {
    en: 'Too small: expected array to have exactly {} items',
    de: 'Genau {0}',
    fr: 'Exactement {0}',
    it: 'Esattamente {0}',
  },
  {
    en: 'Too big: expected array to have exactly {} items',
    de: 'Genau {0}',
    fr: 'Exactement {0}',
    it: 'Esattamente {0}',
  },
  {
    en: 'Too small: expected {} to be >={}',
    de: 'Mindestens {1}',
    fr: 'Au moins {1}',
    it: 'Almeno {1}',
  },
  {
    en: 'Too big: expected {} to be <={}',
    de: 'Höchstens {1}',
    fr: 'Au plus {1}',
    it: 'Al massimo {1}',
  },
  {
    en: 'Too small: expected {} to be >{}',
    de: 'Größer als {1}',
    fr: 'Plus grand que {1}',
    it: 'Maggiore di {1}',
  },
  {
    en: 'Too big: expected {} to be <{}',
    de: 'Kleiner als {1}',
    fr: 'Plus petit que {1}',
    it: 'Minore di {1}',
  },
  {
    en: 'Too small: expected {} to have >={} {}',
    de: 'Mindestens {1}',
    fr: 'Au moins {1}',
    it: 'Almeno {1}',
  },
  {
    en: 'Too big: expected {} to have <={} {}',
    de: 'Höchstens {1}',
    fr: 'Au plus {1}',
    it: 'Al massimo {1}',
  },
  {
    en: 'Invalid number: must be a multiple of {}',
    de: 'Ein Vielfaches von {0}',
    fr: 'Un multiple de {0}',
    it: 'Un multiplo di {0}',
  },
  {
    en: 'Invalid email address',
    de: 'Das ist keine E-Mail-Adresse',
    fr: 'Ce n’est pas une adresse e-mail',
    it: 'Non è un indirizzo e-mail',
  },
  {
    en: 'Invalid URL',
    de: 'Das ist keine Web-Adresse',
    fr: 'Ce n’est pas une adresse web',
    it: 'Non è un indirizzo web',
  },
  {
    en: 'Invalid base64-encoded string',
    de: 'Das ist kein base64',
    fr: 'Ce n’est pas du base64',
    it: 'Non è base64',
  },
  {
    en: 'Invalid ISO date',
    de: 'Das ist kein Tag wie 2026-11-25',
    fr: 'Ce n’est pas un jour comme 2026-11-25',
    it: 'Non è un giorno come 2026-11-25',
  },
  {
    en: 'Invalid ISO datetime',
    de: 'Das ist kein Zeitpunkt wie 2026-11-25T18:00:00+01:00',
    fr: 'Ce n’est pas un instant comme 2026-11-25T18:00:00+01:00',
    it: 'Non è un istante come 2026-11-25T18:00:00+01:00',
  },
  {
    en: 'Invalid string: must match pattern {}',
    de: 'Hat nicht die Form {0}',
    fr: 'N’a pas la forme {0}',
    it: 'Non ha la forma {0}',
  },
  {
    en: 'Invalid string: must start with {}',
    de: 'Beginnt nicht mit {0}',
    fr: 'Ne commence pas par {0}',
    it: 'Non comincia con {0}',
  },
  {
    en: 'Invalid string: must end with {}',
    de: 'Endet nicht mit {0}',
    fr: 'Ne finit pas par {0}',
    it: 'Non finisce con {0}',
  },
  {
    en: 'Invalid key in {}',
    de: 'Ein Name ist hier nicht möglich',
    fr: 'Un nom n’est pas possible ici',
    it: 'Un nome qui non è possibile',
  },
  {
    en: 'There is no such field here; allowed are {}',
    de: 'Ein solches Feld gibt es hier nicht; möglich sind {0}',
    fr: 'Il n’y a pas de tel champ ici ; possibles : {0}',
    it: 'Qui non c’è un campo così; possibili: {0}',
  },
]

/** Kinds of values that are put into these sentences. */
export const KINDS_OF_VALUES: Readonly<Record<string, Readonly<Record<'de' | 'fr' | 'it', string>>>> = {
  string: { de: 'ein Text', fr: 'un texte', it: 'un testo' },
  number: { de: 'eine Zahl', fr: 'un nombre', it: 'un numero' },
  int: { de: 'eine ganze Zahl', fr: 'un nombre entier', it: 'un numero intero' },
  array: { de: 'eine Liste', fr: 'une liste', it: 'una lista' },
  object: { de: 'ein Objekt', fr: 'un objet', it: 'un oggetto' },
  record: { de: 'ein Objekt', fr: 'un objet', it: 'un oggetto' },
  boolean: { de: 'ja oder nein (true, false)', fr: 'oui ou non (true, false)', it: 'sì o no (true, false)' },
  null: { de: 'nichts (null)', fr: 'rien (null)', it: 'niente (null)' },
  NaN: { de: 'keine Zahl', fr: 'pas un nombre', it: 'non un numero' },
  none: { de: 'keine', fr: 'aucun', it: 'nessuno' },
}
