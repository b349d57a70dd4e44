import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { COLUMN_WORDS, FILE_WORDS } from '../exports/words.ts'
import type { Summary } from './listCustomers.ts'

/** What a file of customers can show beside id and name, in the order of the list. */
export type ExportColumn =
  | 'email'
  | 'phone'
  | 'status'
  | 'tags'
  | 'customer_group'
  | 'aggregator'
  | 'gender'
  | 'language'
  | 'bookings'
  | 'last_booking'
  | 'joined'

type Words = {
  file: string
  columns: Readonly<Record<ExportColumn | 'id' | 'name', string>>
  statuses: Readonly<Record<Summary['status'], string>>
  genders: Readonly<Record<NonNullable<Summary['gender']>, string>>
}

type Beside = Readonly<Record<'name' | 'bookings' | 'last_booking', string>>

/** What the list has beside what every file of customers has. */
const BESIDE: Readonly<Record<ExportLanguage, Beside & Omit<Words, 'file' | 'columns'>>> = {
  en: {
    ...{ name: 'Name', bookings: 'Bookings', last_booking: 'Last booking' },
    statuses: { lead: 'lead', customer: 'customer', vip: 'VIP' },
    genders: { female: 'female', male: 'male', diverse: 'diverse' },
  },
  de: {
    ...{ name: 'Name', bookings: 'Buchungen', last_booking: 'Letzte Buchung' },
    statuses: { lead: 'Interessent', customer: 'Kunde', vip: 'VIP' },
    genders: { female: 'weiblich', male: 'männlich', diverse: 'divers' },
  },
  fr: {
    ...{ name: 'Nom complet', bookings: 'Réservations', last_booking: 'Dernière réservation' },
    statuses: { lead: 'prospect', customer: 'client', vip: 'VIP' },
    genders: { female: 'femme', male: 'homme', diverse: 'autre' },
  },
  it: {
    ...{ name: 'Nome completo', bookings: 'Prenotazioni', last_booking: 'Ultima prenotazione' },
    statuses: { lead: 'lead', customer: 'cliente', vip: 'VIP' },
    genders: { female: 'donna', male: 'uomo', diverse: 'altro' },
  },
}

/**
 * What stands in a file of the list, in the languages of the pages: titles as in every other export, by which an import knows
 * them again. Columns of instants say their time zone behind it.
 */
export function exportWords(language: ExportLanguage): Words {
  const { customer, joined_at: joined, ...words } = COLUMN_WORDS[language]
  const { email, phone, status, tags, customer_group, aggregator, gender, language: spoken } = words
  const { name, bookings, last_booking, statuses, genders } = BESIDE[language]
  return {
    file: FILE_WORDS[language].customers,
    columns: {
      ...{ id: customer, name, email, phone, status, tags, customer_group, aggregator, gender, language: spoken },
      ...{ bookings, last_booking, joined },
    },
    ...{ statuses, genders },
  }
}

/** What a file has when nobody says which columns. */
export const ALL_COLUMNS: readonly ExportColumn[] = [
  ...(['email', 'phone', 'status', 'tags', 'customer_group', 'aggregator', 'gender', 'language'] as const),
  ...(['bookings', 'last_booking', 'joined'] as const),
]
