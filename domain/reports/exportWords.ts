import type { ExportLanguage } from '../csv/exportLanguage.ts'

const PARTS = [
  'funnel',
  'left_out',
  'cancelled',
  'hours',
  'days',
  'links',
  'bounces',
  'domains',
  'variants',
  'revenue',
  'holdout',
] as const
type Part = (typeof PARTS)[number]
type Name =
  | 'asked'
  | 'recipients'
  | 'waiting'
  | 'sent'
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'unsubscribed'
  | 'complained'
  | 'bounced'
  | 'failed'
  | 'unconfirmed'
  | 'machinesOpened'
  | 'machinesClicked'
  | 'people'
  | 'clicks'
  | 'bookings'
  | 'attended'
  | 'revenue'
  | 'ahead'
  | 'discounts'
  | 'held_out'
  | 'did'
  | 'difference'
  | 'low'
  | 'high'

type Words = {
  file: string
  /** Part of the report, what the line is about, which number, the number. */
  columns: readonly [string, string, string, string]
  parts: Readonly<Record<Part, string>>
  names: Readonly<Record<Name, string>>
}

/** What stands in the CSV of a report, in the languages of the pages. */
export const REPORT_WORDS: Readonly<Record<ExportLanguage, Words>> = {
  en: {
    file: 'report',
    columns: ['Part', 'Of', 'What', 'Number'],
    parts: {
      funnel: 'Funnel',
      left_out: 'Left out',
      cancelled: 'Not sent',
      hours: 'Hours',
      days: 'Days',
      links: 'Links',
      bounces: 'Undeliverable',
      domains: 'Mail domains',
      variants: 'Compared messages',
      revenue: 'What it brought',
      holdout: 'Compared with those held out',
    },
    names: {
      bookings: 'bookings',
      attended: 'attended',
      revenue: 'revenue in minor units',
      ahead: 'ahead in minor units',
      discounts: 'discounts in minor units',
      asked: 'asked for',
      recipients: 'recipients',
      waiting: 'waiting',
      sent: 'sent',
      delivered: 'delivered',
      opened: 'opened',
      clicked: 'clicked',
      unsubscribed: 'unsubscribed',
      complained: 'complained',
      bounced: 'undeliverable',
      failed: 'failed',
      unconfirmed: 'unconfirmed',
      machinesOpened: 'opened by machines only',
      machinesClicked: 'clicked by machines only',
      people: 'people',
      clicks: 'clicks',
      held_out: 'held out',
      did: 'came or booked',
      difference: 'difference of the shares',
      low: 'lower end of the 95 % interval',
      high: 'upper end of the 95 % interval',
    },
  },
  de: {
    file: 'bericht',
    columns: ['Teil', 'Von', 'Was', 'Zahl'],
    parts: {
      funnel: 'Trichter',
      left_out: 'Ausgelassen',
      cancelled: 'Nicht gesendet',
      hours: 'Stunden',
      days: 'Tage',
      links: 'Links',
      bounces: 'Unzustellbar',
      domains: 'Mail-Domains',
      variants: 'Verglichene Nachrichten',
      revenue: 'Was es gebracht hat',
      holdout: 'Vergleich mit den Zurückgehaltenen',
    },
    names: {
      bookings: 'Termine',
      attended: 'wahrgenommen',
      revenue: 'Umsatz in kleinster Einheit',
      ahead: 'bevorstehend in kleinster Einheit',
      discounts: 'Rabatte in kleinster Einheit',
      asked: 'gefragt',
      recipients: 'Empfänger',
      waiting: 'wartend',
      sent: 'gesendet',
      delivered: 'zugestellt',
      opened: 'geöffnet',
      clicked: 'geklickt',
      unsubscribed: 'abgemeldet',
      complained: 'beschwert',
      bounced: 'unzustellbar',
      failed: 'fehlgeschlagen',
      unconfirmed: 'unbestätigt',
      machinesOpened: 'nur von Maschinen geöffnet',
      machinesClicked: 'nur von Maschinen geklickt',
      people: 'Personen',
      clicks: 'Klicks',
      held_out: 'zurückgehalten',
      did: 'gekommen oder gebucht',
      difference: 'Unterschied der Anteile',
      low: 'unteres Ende des 95-%-Intervalls',
      high: 'oberes Ende des 95-%-Intervalls',
    },
  },
  fr: {
    file: 'rapport',
    columns: ['Partie', 'De', 'Quoi', 'Nombre'],
    parts: {
      funnel: 'Entonnoir',
      left_out: 'Écartés',
      cancelled: 'Non envoyés',
      hours: 'Heures',
      days: 'Jours',
      links: 'Liens',
      bounces: 'Non distribuables',
      domains: 'Domaines de messagerie',
      variants: 'Messages comparés',
      revenue: 'Ce que l’envoi a rapporté',
      holdout: 'Comparaison avec le groupe témoin',
    },
    names: {
      bookings: 'réservations',
      attended: 'honorées',
      revenue: 'chiffre d’affaires en centimes',
      ahead: 'à venir en centimes',
      discounts: 'remises en centimes',
      asked: 'demandés',
      recipients: 'destinataires',
      waiting: 'en attente',
      sent: 'envoyés',
      delivered: 'remis',
      opened: 'ouverts',
      clicked: 'cliqués',
      unsubscribed: 'désabonnés',
      complained: 'plaintes',
      bounced: 'non distribuables',
      failed: 'échoués',
      unconfirmed: 'non confirmés',
      machinesOpened: 'ouverts par des machines seulement',
      machinesClicked: 'cliqués par des machines seulement',
      people: 'personnes',
      clicks: 'clics',
      held_out: 'groupe témoin',
      did: 'venus ou ayant réservé',
      difference: 'différence des parts',
      low: 'borne inférieure de l’intervalle à 95 %',
      high: 'borne supérieure de l’intervalle à 95 %',
    },
  },
  it: {
    file: 'rapporto',
    columns: ['Parte', 'Di', 'Cosa', 'Numero'],
    parts: {
      funnel: 'Imbuto',
      left_out: 'Esclusi',
      cancelled: 'Non inviati',
      hours: 'Ore',
      days: 'Giorni',
      links: 'Link',
      bounces: 'Non recapitabili',
      domains: 'Domini di posta',
      variants: 'Messaggi confrontati',
      revenue: 'Che cosa ha portato',
      holdout: 'Confronto con il gruppo di controllo',
    },
    names: {
      bookings: 'prenotazioni',
      attended: 'avvenute',
      revenue: 'ricavi in centesimi',
      ahead: 'in arrivo in centesimi',
      discounts: 'sconti in centesimi',
      asked: 'richiesti',
      recipients: 'destinatari',
      waiting: 'in attesa',
      sent: 'inviati',
      delivered: 'consegnati',
      opened: 'aperti',
      clicked: 'cliccati',
      unsubscribed: 'disiscritti',
      complained: 'reclami',
      bounced: 'non recapitabili',
      failed: 'non riusciti',
      unconfirmed: 'non confermati',
      machinesOpened: 'aperti solo da macchine',
      machinesClicked: 'cliccati solo da macchine',
      people: 'persone',
      clicks: 'clic',
      held_out: 'gruppo di controllo',
      did: 'venuti o con prenotazione',
      difference: 'differenza delle quote',
      low: 'estremo inferiore dell’intervallo al 95 %',
      high: 'estremo superiore dell’intervallo al 95 %',
    },
  },
}
