/** The languages of the catalogue of facts. */
export type LabelLanguage = 'en' | 'de' | 'fr' | 'it'

/**
 * The labels of the catalogue of facts in other languages, by the English label that stands in a fact's file. A test
 * finds the labels that are missing here; until then they are said in English.
 */
const LABELS: Readonly<Record<string, Readonly<Record<Exclude<LabelLanguage, 'en'>, string>>>> = {
  'First booking': { de: 'Erste Buchung', fr: 'Première réservation', it: 'Prima prenotazione' },
  'Last booking': { de: 'Letzte Buchung', fr: 'Dernière réservation', it: 'Ultima prenotazione' },
  'Next booking': { de: 'Nächste Buchung', fr: 'Prochaine réservation', it: 'Prossima prenotazione' },
  'Number of bookings': { de: 'Zahl der Buchungen', fr: 'Nombre de réservations', it: 'Numero di prenotazioni' },
  Membership: { de: 'Mitgliedschaft', fr: 'Abonnement', it: 'Abbonamento' },
  Gender: { de: 'Geschlecht', fr: 'Sexe', it: 'Genere' },
  Language: { de: 'Sprache', fr: 'Langue', it: 'Lingua' },
  Country: { de: 'Land', fr: 'Pays', it: 'Paese' },
  'Customer group': { de: 'Kundengruppe', fr: 'Groupe de clients', it: 'Gruppo di clienti' },
  Aggregator: { de: 'Plattform', fr: 'Plateforme', it: 'Piattaforma' },
  Status: { de: 'Status', fr: 'Statut', it: 'Stato' },

  'in state': { de: 'im Stand', fr: 'dans l’état', it: 'nello stato' },
  'for service': { de: 'für das Angebot', fr: 'pour la prestation', it: 'per il servizio' },
  'of type': { de: 'der Art', fr: 'du type', it: 'di tipo' },
  within: { de: 'im Zeitraum', fr: 'sur la période', it: 'nel periodo' },

  'within the last': { de: 'in den letzten', fr: 'il y a moins de', it: 'meno di … fa' },
  'within the next': { de: 'in den nächsten', fr: 'd’ici', it: 'entro' },
  'more than … ago': { de: 'vor mehr als', fr: 'il y a plus de', it: 'più di … fa' },
  'more than … ahead': { de: 'in mehr als', fr: 'dans plus de', it: 'tra più di' },
  before: { de: 'vor dem', fr: 'avant le', it: 'prima del' },
  after: { de: 'nach dem', fr: 'après le', it: 'dopo il' },
  on: { de: 'am', fr: 'le', it: 'il' },
  'there is one': { de: 'gibt es', fr: 'il y en a une', it: 'c’è' },
  'there is none': { de: 'gibt es nicht', fr: 'il n’y en a pas', it: 'non c’è' },
  is: { de: 'genau', fr: 'exactement', it: 'esattamente' },
  'is not': { de: 'alles außer', fr: 'tout sauf', it: 'tutto tranne' },
  'is less than': { de: 'weniger als', fr: 'moins de', it: 'meno di' },
  'is at most': { de: 'höchstens', fr: 'au plus', it: 'al massimo' },
  'is more than': { de: 'mehr als', fr: 'plus de', it: 'più di' },
  'is at least': { de: 'mindestens', fr: 'au moins', it: 'almeno' },
  'is between': { de: 'zwischen', fr: 'entre', it: 'tra' },
  'is valid': { de: 'ist gültig', fr: 'est en cours', it: 'è valido' },
  'is valid and cancelled': {
    de: 'ist gültig, aber gekündigt',
    fr: 'est en cours mais résilié',
    it: 'è valido ma disdetto',
  },
  'is valid and not cancelled': {
    de: 'ist gültig und nicht gekündigt',
    fr: 'est en cours et non résilié',
    it: 'è valido e non disdetto',
  },
  'has expired': { de: 'ist abgelaufen', fr: 'est expiré', it: 'è scaduto' },
  'never had one': { de: 'gab es nie', fr: 'n’en a jamais eu', it: 'mai avuto uno' },
  'is one of': { de: 'ist eines von', fr: 'est l’un de', it: 'è uno tra' },
  'is none of': { de: 'ist keines von', fr: 'n’est aucun de', it: 'non è nessuno tra' },
  'is known': { de: 'ist bekannt', fr: 'est connu', it: 'è noto' },
  'is not known': { de: 'ist nicht bekannt', fr: 'n’est pas connu', it: 'non è noto' },

  Booked: { de: 'Gebucht', fr: 'Réservé', it: 'Prenotato' },
  Attended: { de: 'Besucht', fr: 'Honoré', it: 'Frequentato' },
  'No show': { de: 'Nicht erschienen', fr: 'Absent', it: 'Non presentato' },
  Cancelled: { de: 'Storniert', fr: 'Annulé', it: 'Annullato' },
  Female: { de: 'Weiblich', fr: 'Femme', it: 'Donna' },
  Male: { de: 'Männlich', fr: 'Homme', it: 'Uomo' },
  Diverse: { de: 'Divers', fr: 'Autre', it: 'Altro' },
  Lead: { de: 'Interessent', fr: 'Prospect', it: 'Potenziale cliente' },
  Customer: { de: 'Kunde', fr: 'Client', it: 'Cliente' },
  Vip: { de: 'VIP', fr: 'VIP', it: 'VIP' },
}

/** A label of the catalogue in another language. */
export const labelIn = (language: LabelLanguage, label: string): string =>
  language === 'en' ? label : (LABELS[label]?.[language] ?? label)
