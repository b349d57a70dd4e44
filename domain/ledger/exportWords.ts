import type { ExportLanguage } from '../csv/exportLanguage.ts'
import type { EntryKind } from './addEntries.ts'

/** The columns of a statement in their order. */
export const COLUMNS = [
  'id',
  'day',
  'kind',
  'reverses',
  'customer',
  'name',
  'booking',
  'starts',
  'price',
  'rate',
  'amount',
  'campaign',
  'by',
] as const

type Words = {
  /** The file's name, ASCII. */
  file: string
  columns: Readonly<Record<(typeof COLUMNS)[number], string>>
  kinds: Readonly<Record<EntryKind, string>>
  reversal: string
}

/** What stands in a statement, in the languages of the pages. */
export const LEDGER_WORDS: Readonly<Record<ExportLanguage, Words>> = {
  en: {
    file: 'statement',
    columns: {
      id: 'Entry',
      day: 'Day',
      kind: 'What',
      reverses: 'Takes back entry',
      customer: 'Customer ID',
      name: 'Customer',
      booking: 'Booking',
      starts: 'Booked for',
      price: 'Price',
      rate: 'Share in %',
      amount: 'Amount',
      campaign: 'Mailing',
      by: 'By',
    },
    kinds: { discount: 'Discount', loyalty_reward: 'Loyalty reward' },
    reversal: 'taken back',
  },
  de: {
    file: 'abrechnung',
    columns: {
      id: 'Buchung Nr.',
      day: 'Tag',
      kind: 'Was',
      reverses: 'Nimmt zurück Nr.',
      customer: 'Kunden-ID',
      name: 'Kunde',
      booking: 'Termin',
      starts: 'Termin am',
      price: 'Preis',
      rate: 'Anteil in %',
      amount: 'Betrag',
      campaign: 'Mailing',
      by: 'Von',
    },
    kinds: { discount: 'Rabatt', loyalty_reward: 'Treueprämie' },
    reversal: 'zurückgenommen',
  },
  fr: {
    file: 'releve',
    columns: {
      id: 'Écriture',
      day: 'Jour',
      kind: 'Objet',
      reverses: 'Annule l’écriture',
      customer: 'ID client',
      name: 'Client',
      booking: 'Réservation',
      starts: 'Réservé pour le',
      price: 'Prix',
      rate: 'Part en %',
      amount: 'Montant',
      campaign: 'Envoi',
      by: 'Par',
    },
    kinds: { discount: 'Remise', loyalty_reward: 'Prime de fidélité' },
    reversal: 'annulée',
  },
  it: {
    file: 'estratto',
    columns: {
      id: 'Registrazione',
      day: 'Giorno',
      kind: 'Voce',
      reverses: 'Storna la registrazione',
      customer: 'ID cliente',
      name: 'Cliente',
      booking: 'Prenotazione',
      starts: 'Prenotato per il',
      price: 'Prezzo',
      rate: 'Quota in %',
      amount: 'Importo',
      campaign: 'Invio',
      by: 'Da',
    },
    kinds: { discount: 'Sconto', loyalty_reward: 'Premio fedeltà' },
    reversal: 'stornato',
  },
}
