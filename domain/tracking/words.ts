import type { ChannelName } from '../deliveries/channels/channel.ts'
import type { MailLanguage } from '../messages/words.ts'
import type { MailKind } from '../suppressions/kinds.ts'

export type PageWords = {
  title: string
  ask: string
  button: string
  done: string
  undo: string
  again: string
  saved: string
  test: string
  unknown: string
  choose: string
  fromBusiness: string
  fromProvider: string
  kinds: Record<MailKind, string>
  channels: Record<ChannelName, string>
  held: string
  save: string
  nothing: string
}

/** What the page of the unsubscribe link says; `{business}` is the business's name, `{provider}` somebody's there. */
export const PAGE_WORDS: Record<MailLanguage, PageWords> = {
  en: {
    title: 'Mails from {business}',
    ask: 'Do you no longer want mails from {business}?',
    button: 'Unsubscribe',
    done: 'You are unsubscribed. {business} will send you no more mails.',
    undo: 'That was a mistake: write to me again',
    again: 'You will get mails from {business} again.',
    saved: 'Your choice is saved.',
    test: 'This mail was a test. Here customers can unsubscribe.',
    unknown: 'This link is not complete or no longer valid. Please take the one from your latest mail.',
    choose: 'Or choose what you get',
    fromBusiness: 'From {business} and everybody there',
    fromProvider: 'From {provider}',
    kinds: { one_off: 'News', loyalty: 'Offers and vouchers', automation: 'Reminders and greetings' },
    channels: { email: 'Email', sms: 'SMS', push: 'Notifications in the browser' },
    held: 'Nothing is sent here at the moment. {business} can tell you why.',
    save: 'Save this choice',
    nothing: 'Nothing any more, from nobody there',
  },
  fr: {
    title: 'Messages de {business}',
    ask: 'Vous ne souhaitez plus recevoir les messages de {business} ?',
    button: 'Se désabonner',
    done: 'Votre désabonnement est enregistré. {business} ne vous enverra plus de messages.',
    undo: 'C’était une erreur : écrivez-moi de nouveau',
    again: 'Vous recevrez de nouveau les messages de {business}.',
    saved: 'Votre choix est enregistré.',
    test: 'Ce message était un test. C’est ici que les clients peuvent se désabonner.',
    unknown: 'Ce lien est incomplet ou n’est plus valable. Utilisez celui de votre dernier message.',
    choose: 'Ou choisissez ce que vous recevez',
    fromBusiness: 'De {business} et de toute l’équipe',
    fromProvider: 'De {provider}',
    kinds: { one_off: 'Actualités', loyalty: 'Offres et bons', automation: 'Rappels et attentions' },
    channels: { email: 'E-mail', sms: 'SMS', push: 'Notifications du navigateur' },
    held: 'Rien n’est envoyé ici pour le moment. {business} peut vous dire pourquoi.',
    save: 'Enregistrer ce choix',
    nothing: 'Plus rien, de personne',
  },
  it: {
    title: 'E-mail di {business}',
    ask: 'Non vuoi più ricevere e-mail da {business}?',
    button: 'Annulla l’iscrizione',
    done: 'Iscrizione annullata. {business} non ti invierà più e-mail.',
    undo: 'È stato un errore: scrivetemi di nuovo',
    again: 'Riceverai di nuovo le e-mail di {business}.',
    saved: 'La scelta è salvata.',
    test: 'Questa e-mail era una prova. Qui i clienti possono annullare l’iscrizione.',
    unknown: 'Questo link è incompleto o non è più valido. Usa quello della tua ultima e-mail.',
    choose: 'Oppure scegli che cosa ricevere',
    fromBusiness: 'Da {business} e da tutto il team',
    fromProvider: 'Da {provider}',
    kinds: { one_off: 'Novità', loyalty: 'Offerte e buoni', automation: 'Promemoria e auguri' },
    channels: { email: 'E-mail', sms: 'SMS', push: 'Notifiche nel browser' },
    held: 'Al momento qui non viene inviato nulla. {business} può dirti perché.',
    save: 'Salva la scelta',
    nothing: 'Più niente, da nessuno',
  },
  de: {
    title: 'E-Mails von {business}',
    ask: 'Möchten Sie keine E-Mails von {business} mehr bekommen?',
    button: 'Abmelden',
    done: 'Sie sind abgemeldet. {business} schickt Ihnen keine E-Mails mehr.',
    undo: 'Das war ein Versehen: wieder anmelden',
    again: 'Sie bekommen wieder E-Mails von {business}.',
    saved: 'Ihre Auswahl ist gespeichert.',
    test: 'Diese E-Mail war ein Test. Hier können sich Kundinnen und Kunden abmelden.',
    unknown: 'Dieser Link ist unvollständig oder nicht mehr gültig. Bitte nehmen Sie den aus Ihrer letzten E-Mail.',
    choose: 'Oder wählen Sie aus, was Sie bekommen',
    fromBusiness: 'Von {business} und allen dort',
    fromProvider: 'Von {provider}',
    kinds: { one_off: 'Neuigkeiten', loyalty: 'Angebote und Gutscheine', automation: 'Erinnerungen und Grüße' },
    channels: { email: 'E-Mail', sms: 'SMS', push: 'Mitteilungen im Browser' },
    held: 'Hier wird zurzeit nichts verschickt. {business} kann Ihnen sagen, warum.',
    save: 'Auswahl speichern',
    nothing: 'Gar nichts mehr, von niemandem dort',
  },
}
