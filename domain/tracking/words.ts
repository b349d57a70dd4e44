import type { MailLanguage } from '../messages/words.ts'

type Words = {
  title: string
  ask: string
  button: string
  done: string
  undo: string
  again: string
  test: string
  unknown: string
}

/** What the page of the unsubscribe link says; `{business}` is the business's name. */
export const PAGE_WORDS: Record<MailLanguage, Words> = {
  en: {
    title: 'Mails from {business}',
    ask: 'Do you no longer want mails from {business}?',
    button: 'Unsubscribe',
    done: 'You are unsubscribed. {business} will send you no more mails.',
    undo: 'That was a mistake: write to me again',
    again: 'You will get mails from {business} again.',
    test: 'This mail was a test. Here customers can unsubscribe.',
    unknown: 'This link is not complete or no longer valid. Please take the one from your latest mail.',
  },
  fr: {
    title: 'Messages de {business}',
    ask: 'Vous ne souhaitez plus recevoir les messages de {business} ?',
    button: 'Se désabonner',
    done: 'Votre désabonnement est enregistré. {business} ne vous enverra plus de messages.',
    undo: 'C’était une erreur : écrivez-moi de nouveau',
    again: 'Vous recevrez de nouveau les messages de {business}.',
    test: 'Ce message était un test. C’est ici que les clients peuvent se désabonner.',
    unknown: 'Ce lien est incomplet ou n’est plus valable. Utilisez celui de votre dernier message.',
  },
  it: {
    title: 'E-mail di {business}',
    ask: 'Non vuoi più ricevere e-mail da {business}?',
    button: 'Annulla l’iscrizione',
    done: 'Iscrizione annullata. {business} non ti invierà più e-mail.',
    undo: 'È stato un errore: scrivetemi di nuovo',
    again: 'Riceverai di nuovo le e-mail di {business}.',
    test: 'Questa e-mail era una prova. Qui i clienti possono annullare l’iscrizione.',
    unknown: 'Questo link è incompleto o non è più valido. Usa quello della tua ultima e-mail.',
  },
  de: {
    title: 'E-Mails von {business}',
    ask: 'Möchten Sie keine E-Mails von {business} mehr bekommen?',
    button: 'Abmelden',
    done: 'Sie sind abgemeldet. {business} schickt Ihnen keine E-Mails mehr.',
    undo: 'Das war ein Versehen: wieder anmelden',
    again: 'Sie bekommen wieder E-Mails von {business}.',
    test: 'Diese E-Mail war ein Test. Hier können sich Kundinnen und Kunden abmelden.',
    unknown: 'Dieser Link ist unvollständig oder nicht mehr gültig. Bitte nehmen Sie den aus Ihrer letzten E-Mail.',
  },
}
