import type { MailLanguage } from '../messages/words.ts'

export type OptInWords = {
  title: string
  intro: string
  email: string
  firstName: string
  /** What somebody says yes to; kept with their consent. */
  wording: string
  send: string
  sent: string
  notAddress: string
  notAgreed: string
  busy: string
  away: string
  subject: string
  mail: string
  link: string
  ignore: string
  ask: string
  confirm: string
  done: string
  expired: string
  unknown: string
}

/** What the pages and the mail of signing up say; `{business}` is the business's name, `{days}` how long the link is good. */
export const OPT_IN_WORDS: Record<MailLanguage, OptInWords> = {
  en: {
    title: 'Mails from {business}',
    intro: 'Get news and offers from {business} by email. You can stop them at any time with one click.',
    email: 'Your email address',
    firstName: 'First name (if you like)',
    wording: 'Yes, {business} may send me news and offers by email. I can take this back at any time.',
    send: 'Sign up',
    sent: 'Please look into your inbox: we have sent you a mail. Only when you follow the link in it are you signed up.',
    notAddress: 'This is not an email address.',
    notAgreed: 'Please tick the box: without it we may not write to you.',
    busy: 'Too many sign-ups from here. Please try again in a few minutes.',
    away: 'The mail could not be sent just now. Please try again later.',
    subject: 'Please confirm: mails from {business}',
    mail: 'Somebody, we hope you, has entered this address to get mails from {business}. Please confirm it on this page:',
    link: 'Confirm my address',
    ignore: 'The link is good for {days} days. If it was not you, do nothing: nobody will write to you.',
    ask: 'You agree to this:',
    confirm: 'Yes, I agree',
    done: 'Thank you, you are signed up.',
    expired: 'This link is too old. Please sign up again.',
    unknown: 'This link is not complete or no longer valid.',
  },
  de: {
    title: 'E-Mails von {business}',
    intro: 'Neuigkeiten und Angebote von {business} per E-Mail. Sie können sie jederzeit mit einem Klick abbestellen.',
    email: 'Ihre E-Mail-Adresse',
    firstName: 'Vorname (wenn Sie mögen)',
    wording: 'Ja, {business} darf mir Neuigkeiten und Angebote per E-Mail schicken. Ich kann das jederzeit widerrufen.',
    send: 'Anmelden',
    sent: 'Bitte sehen Sie in Ihr Postfach: Wir haben Ihnen eine E-Mail geschickt. Erst wenn Sie dem Link darin folgen, sind Sie angemeldet.',
    notAddress: 'Das ist keine E-Mail-Adresse.',
    notAgreed: 'Bitte setzen Sie das Häkchen: Ohne Ihre Zustimmung dürfen wir Ihnen nicht schreiben.',
    busy: 'Zu viele Anmeldungen von hier. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    away: 'Die E-Mail konnte gerade nicht verschickt werden. Bitte versuchen Sie es später noch einmal.',
    subject: 'Bitte bestätigen: E-Mails von {business}',
    mail: 'Jemand, hoffentlich Sie, hat diese Adresse eingegeben, um E-Mails von {business} zu bekommen. Bitte bestätigen Sie sie auf dieser Seite:',
    link: 'Meine Adresse bestätigen',
    ignore: 'Der Link gilt {days} Tage. Wenn Sie das nicht waren, tun Sie nichts: Niemand wird Ihnen schreiben.',
    ask: 'Damit sind Sie einverstanden:',
    confirm: 'Ja, ich bin einverstanden',
    done: 'Danke, Sie sind angemeldet.',
    expired: 'Dieser Link ist zu alt. Bitte melden Sie sich noch einmal an.',
    unknown: 'Dieser Link ist unvollständig oder nicht mehr gültig.',
  },
  fr: {
    title: 'Messages de {business}',
    intro:
      'Recevez les actualités et les offres de {business} par e-mail. Vous pouvez y mettre fin à tout moment, en un clic.',
    email: 'Votre adresse e-mail',
    firstName: 'Prénom (si vous le souhaitez)',
    wording:
      'Oui, {business} peut m’envoyer ses actualités et ses offres par e-mail. Je peux revenir sur ce choix à tout moment.',
    send: 'S’inscrire',
    sent: 'Consultez votre boîte de réception : nous vous avons envoyé un message. Votre inscription ne vaut qu’une fois le lien suivi.',
    notAddress: 'Ce n’est pas une adresse e-mail.',
    notAgreed: 'Cochez la case : sans votre accord, nous ne pouvons pas vous écrire.',
    busy: 'Trop d’inscriptions depuis cet endroit. Réessayez dans quelques minutes.',
    away: 'Le message n’a pas pu être envoyé. Réessayez plus tard.',
    subject: 'À confirmer : les messages de {business}',
    mail: 'Quelqu’un, vous nous l’espérons, a saisi cette adresse pour recevoir les messages de {business}. Confirmez-la sur cette page :',
    link: 'Confirmer mon adresse',
    ignore: 'Le lien est valable {days} jours. Si ce n’était pas vous, ne faites rien : personne ne vous écrira.',
    ask: 'Vous donnez votre accord à ceci :',
    confirm: 'Oui, je suis d’accord',
    done: 'Merci, votre inscription est enregistrée.',
    expired: 'Ce lien est trop ancien. Inscrivez-vous de nouveau.',
    unknown: 'Ce lien est incomplet ou n’est plus valable.',
  },
  it: {
    title: 'E-mail di {business}',
    intro: 'Ricevi novità e offerte di {business} per e-mail. Puoi smettere in qualsiasi momento con un clic.',
    email: 'Il tuo indirizzo e-mail',
    firstName: 'Nome (se vuoi)',
    wording: 'Sì, {business} può inviarmi novità e offerte per e-mail. Posso cambiare idea in qualsiasi momento.',
    send: 'Iscriviti',
    sent: 'Guarda nella tua casella: ti abbiamo inviato un’e-mail. L’iscrizione vale solo dopo aver aperto il link che contiene.',
    notAddress: 'Questo non è un indirizzo e-mail.',
    notAgreed: 'Spunta la casella: senza il tuo consenso non possiamo scriverti.',
    busy: 'Troppe iscrizioni da qui. Riprova tra qualche minuto.',
    away: 'In questo momento non è stato possibile inviare l’e-mail. Riprova più tardi.',
    subject: 'Da confermare: e-mail di {business}',
    mail: 'Qualcuno, speriamo tu, ha inserito questo indirizzo per ricevere le e-mail di {business}. Confermalo su questa pagina:',
    link: 'Conferma il mio indirizzo',
    ignore: 'Il link vale {days} giorni. Se non eri tu, non fare nulla: nessuno ti scriverà.',
    ask: 'Dai il consenso a questo:',
    confirm: 'Sì, sono d’accordo',
    done: 'Grazie, l’iscrizione è registrata.',
    expired: 'Questo link è troppo vecchio. Iscriviti di nuovo.',
    unknown: 'Questo link è incompleto o non è più valido.',
  },
}
