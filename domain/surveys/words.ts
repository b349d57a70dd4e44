import type { MailLanguage } from '../messages/words.ts'

type Words = {
  title: string
  more: string
  button: string
  thanks: string
  answered: string
  change: string
  test: string
  unknown: string
}

/** What the page of a survey says; `{business}` is the business's name, `{answer}` the answer that was given. */
export const SURVEY_WORDS: Record<MailLanguage, Words> = {
  en: {
    title: 'A question from {business}',
    more: 'Would you like to say more? (optional)',
    button: 'Send the answer',
    thanks: 'Thank you. Your answer “{answer}” has reached us.',
    answered: 'You have answered “{answer}”. You may choose another answer.',
    change: 'Change the answer',
    test: 'This mail was a test. Here customers see their answer and confirm it.',
    unknown: 'This link is not complete or no longer valid. Please take the one from your latest mail.',
  },
  de: {
    title: 'Eine Frage von {business}',
    more: 'Möchten Sie mehr dazu sagen? (freiwillig)',
    button: 'Antwort senden',
    thanks: 'Vielen Dank. Ihre Antwort „{answer}“ ist bei uns angekommen.',
    answered: 'Sie haben „{answer}“ geantwortet. Sie können eine andere Antwort wählen.',
    change: 'Antwort ändern',
    test: 'Diese E-Mail war ein Test. Hier sehen Kundinnen und Kunden ihre Antwort und bestätigen sie.',
    unknown: 'Dieser Link ist unvollständig oder nicht mehr gültig. Bitte nehmen Sie den aus Ihrer letzten E-Mail.',
  },
  fr: {
    title: 'Une question de {business}',
    more: 'Souhaitez-vous en dire plus ? (facultatif)',
    button: 'Envoyer la réponse',
    thanks: 'Merci. Votre réponse « {answer} » nous est bien parvenue.',
    answered: 'Vous avez répondu « {answer} ». Vous pouvez choisir une autre réponse.',
    change: 'Modifier la réponse',
    test: 'Ce message était un test. C’est ici que les clients voient leur réponse et la confirment.',
    unknown: 'Ce lien est incomplet ou n’est plus valable. Utilisez celui de votre dernier message.',
  },
  it: {
    title: 'Una domanda da {business}',
    more: 'Vuoi dirci di più? (facoltativo)',
    button: 'Invia la risposta',
    thanks: 'Grazie. La tua risposta «{answer}» ci è arrivata.',
    answered: 'Hai risposto «{answer}». Puoi scegliere un’altra risposta.',
    change: 'Cambia la risposta',
    test: 'Questa e-mail era una prova. Qui i clienti vedono la loro risposta e la confermano.',
    unknown: 'Questo link è incompleto o non è più valido. Usa quello della tua ultima e-mail.',
  },
}
