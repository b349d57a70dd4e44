import type { Summary } from './listCustomers.ts'

export type ExportLanguage = 'en' | 'de' | 'fr' | 'it'

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

/** What stands in an export, in the languages of the pages. Columns of instants say their time zone behind it. */
export const EXPORT_WORDS: Readonly<Record<ExportLanguage, Words>> = {
  en: {
    file: 'customers',
    columns: {
      ...{ id: 'Customer ID', name: 'Name', email: 'Email', phone: 'Phone', status: 'Status', tags: 'Tags' },
      ...{ customer_group: 'Group', aggregator: 'Aggregator', gender: 'Gender', language: 'Language' },
      ...{ bookings: 'Bookings', last_booking: 'Last booking', joined: 'Member since' },
    },
    statuses: { lead: 'lead', customer: 'customer', vip: 'VIP' },
    genders: { female: 'female', male: 'male', diverse: 'diverse' },
  },
  de: {
    file: 'kunden',
    columns: {
      ...{ id: 'Kunden-ID', name: 'Name', email: 'E-Mail', phone: 'Telefon', status: 'Status', tags: 'Tags' },
      ...{ customer_group: 'Gruppe', aggregator: 'Plattform', gender: 'Geschlecht', language: 'Sprache' },
      ...{ bookings: 'Buchungen', last_booking: 'Letzte Buchung', joined: 'Mitglied seit' },
    },
    statuses: { lead: 'Interessent', customer: 'Kunde', vip: 'VIP' },
    genders: { female: 'weiblich', male: 'männlich', diverse: 'divers' },
  },
  fr: {
    file: 'clients',
    columns: {
      ...{ id: 'ID client', name: 'Nom', email: 'E-mail', phone: 'Téléphone', status: 'Statut', tags: 'Étiquettes' },
      ...{ customer_group: 'Groupe', aggregator: 'Plateforme', gender: 'Sexe', language: 'Langue' },
      ...{ bookings: 'Réservations', last_booking: 'Dernière réservation', joined: 'Membre depuis' },
    },
    statuses: { lead: 'prospect', customer: 'client', vip: 'VIP' },
    genders: { female: 'femme', male: 'homme', diverse: 'autre' },
  },
  it: {
    file: 'clienti',
    columns: {
      ...{ id: 'ID cliente', name: 'Nome', email: 'E-mail', phone: 'Telefono', status: 'Status', tags: 'Etichette' },
      ...{ customer_group: 'Gruppo', aggregator: 'Piattaforma', gender: 'Genere', language: 'Lingua' },
      ...{ bookings: 'Prenotazioni', last_booking: 'Ultima prenotazione', joined: 'Iscritto dal' },
    },
    statuses: { lead: 'lead', customer: 'cliente', vip: 'VIP' },
    genders: { female: 'donna', male: 'uomo', diverse: 'altro' },
  },
}

/** What a file has when nobody says which columns. */
export const ALL_COLUMNS: readonly ExportColumn[] = [
  ...(['email', 'phone', 'status', 'tags', 'customer_group', 'aggregator', 'gender', 'language'] as const),
  ...(['bookings', 'last_booking', 'joined'] as const),
]
