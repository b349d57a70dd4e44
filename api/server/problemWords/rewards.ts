import type { Sentence } from './sentence.ts'

/** What keeps a reward from being used or taken away, and the currency from being changed. */
export const REWARDS: readonly Sentence[] = [
  {
    en: 'A message has brought this reward: somebody may have read the promise',
    de: 'Eine Nachricht hat dieses Guthaben gebracht: vielleicht wurde das Versprechen schon gelesen',
    fr: 'Un message a apporté cet avantage : quelqu’un a peut-être lu la promesse',
    it: 'Un messaggio ha portato questo premio: qualcuno può aver letto la promessa',
  },
  {
    en: 'The reward has been used',
    de: 'Das Guthaben ist eingelöst',
    fr: 'L’avantage a été utilisé',
    it: 'Il premio è stato usato',
  },
  {
    en: 'The reward takes nothing off a contact of this price and length',
    de: 'Das Guthaben zieht von einem Kontakt dieses Preises und dieser Länge nichts ab',
    fr: 'L’avantage n’enlève rien à un contact de ce prix et de cette durée',
    it: 'Il premio non toglie nulla a un contatto di questo prezzo e durata',
  },
  {
    en: 'The reward is reserved: its message has not been handed over yet',
    de: 'Das Guthaben ist vorgemerkt: seine Nachricht ist noch nicht übergeben',
    fr: 'L’avantage est réservé : son message n’est pas encore remis',
    it: 'Il premio è riservato: il suo messaggio non è ancora stato consegnato',
  },
  {
    en: 'The period of the reward has not begun on {}',
    de: 'Die Zeit des Guthabens hat am {0} noch nicht begonnen',
    fr: 'La période de l’avantage n’a pas commencé le {0}',
    it: 'Il periodo del premio non è iniziato il {0}',
  },
  {
    en: 'The period of the reward is over on {}',
    de: 'Die Zeit des Guthabens ist am {0} vorbei',
    fr: 'La période de l’avantage est terminée le {0}',
    it: 'Il periodo del premio è finito il {0}',
  },
  {
    en: 'The rewards of this customer are for other providers',
    de: 'Die Guthaben dieses Kunden gelten bei anderen Anbietern',
    fr: 'Les avantages de ce client valent chez d’autres prestataires',
    it: 'I premi di questo cliente valgono presso altri fornitori',
  },
  {
    en: 'This customer has no reward with this provider',
    de: 'Dieser Kunde hat bei diesem Anbieter kein Guthaben',
    fr: 'Ce client n’a pas d’avantage chez ce prestataire',
    it: 'Questo cliente non ha premi presso questo fornitore',
  },
  {
    en: 'The booking was cancelled',
    de: 'Die Buchung wurde abgesagt',
    fr: 'La réservation a été annulée',
    it: 'La prenotazione è stata annullata',
  },
  {
    en: 'The booking names no provider: a reward is for one provider’s',
    de: 'Die Buchung nennt keinen Anbieter: ein Guthaben gilt bei einem Anbieter',
    fr: 'La réservation ne nomme aucun prestataire : un avantage vaut chez un seul',
    it: 'La prenotazione non nomina un fornitore: un premio vale presso uno solo',
  },
  {
    en: 'The booking has no price yet: send it first',
    de: 'Die Buchung hat noch keinen Preis: senden Sie ihn zuerst',
    fr: 'La réservation n’a pas encore de prix : envoyez-le d’abord',
    it: 'La prenotazione non ha ancora un prezzo: lo invii prima',
  },
  {
    en: 'The booking costs nothing: the reward stays',
    de: 'Die Buchung kostet nichts: das Guthaben bleibt',
    fr: 'La réservation ne coûte rien : l’avantage reste',
    it: 'La prenotazione non costa nulla: il premio resta',
  },
  {
    en: 'The currency can be changed while no voucher of an amount is out and nothing stands in the ledger.',
    de: 'Die Währung lässt sich ändern, solange kein Gutschein über einen Betrag offen ist und nichts im Kontobuch steht.',
    fr: 'La devise peut être changée tant qu’aucun bon d’un montant n’est en circulation et que le registre est vide.',
    it: 'La valuta si può cambiare finché nessun buono di un importo è in giro e il registro è vuoto.',
  },
  {
    en: 'Can be changed while no voucher of an amount is out and nothing stands in the ledger',
    de: 'Lässt sich ändern, solange kein Gutschein über einen Betrag offen ist und nichts im Kontobuch steht',
    fr: 'Modifiable tant qu’aucun bon d’un montant n’est en circulation et que le registre est vide',
    it: 'Si può cambiare finché nessun buono di un importo è in giro e il registro è vuoto',
  },
]
