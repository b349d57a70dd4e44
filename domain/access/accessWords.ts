import type { UserLanguage } from './users.ts'
import type { TokenKind } from './userTokens.ts'

type Words = { subject: string; hello: string; text: string; link: string; ignore: string }

/** What the mails of an invitation and of a forgotten password say. */
export const ACCESS_WORDS: Record<UserLanguage, Record<TokenKind, Words>> = {
  en: {
    invitation: {
      subject: 'Your account at {business}',
      hello: 'Hello {name},',
      text: '{by} has made an account for you at {business}. Choose a password to open it:',
      link: 'Open my account',
      ignore: 'The link is good for 7 days, and once. If you expected nothing of this kind, do nothing.',
    },
    reset: {
      subject: 'A new password for {business}',
      hello: 'Hello {name},',
      text: 'Somebody, we hope you, has forgotten the password for {business}. Choose a new one here:',
      link: 'Choose a new password',
      ignore: 'The link is good for one hour, and once. If it was not you, do nothing: your password stays as it is.',
    },
  },
  de: {
    invitation: {
      subject: 'Ihr Zugang bei {business}',
      hello: 'Guten Tag {name},',
      text: '{by} hat für Sie einen Zugang bei {business} angelegt. Wählen Sie ein Passwort, um ihn zu öffnen:',
      link: 'Meinen Zugang öffnen',
      ignore: 'Der Link gilt 7 Tage und nur einmal. Wenn Sie nichts dergleichen erwarten, brauchen Sie nichts zu tun.',
    },
    reset: {
      subject: 'Ein neues Passwort für {business}',
      hello: 'Guten Tag {name},',
      text: 'Jemand, hoffentlich Sie, hat das Passwort für {business} vergessen. Hier wählen Sie ein neues:',
      link: 'Neues Passwort wählen',
      ignore:
        'Der Link gilt eine Stunde und nur einmal. Wenn Sie es nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
    },
  },
  fr: {
    invitation: {
      subject: 'Votre accès chez {business}',
      hello: 'Bonjour {name},',
      text: '{by} vous a créé un accès chez {business}. Choisissez un mot de passe pour l’ouvrir :',
      link: 'Ouvrir mon accès',
      ignore: 'Le lien est valable 7 jours et une seule fois. Si vous n’attendiez rien de tel, ne faites rien.',
    },
    reset: {
      subject: 'Un nouveau mot de passe pour {business}',
      hello: 'Bonjour {name},',
      text: 'Quelqu’un, vous sans doute, a oublié le mot de passe pour {business}. Choisissez-en un nouveau ici :',
      link: 'Choisir un nouveau mot de passe',
      ignore:
        'Le lien est valable une heure et une seule fois. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
    },
  },
  it: {
    invitation: {
      subject: 'Il suo accesso a {business}',
      hello: 'Buongiorno {name},',
      text: '{by} ha creato per lei un accesso a {business}. Scelga una password per aprirlo:',
      link: 'Apri il mio accesso',
      ignore: 'Il link vale 7 giorni e una sola volta. Se non si aspettava nulla del genere, non faccia nulla.',
    },
    reset: {
      subject: 'Una nuova password per {business}',
      hello: 'Buongiorno {name},',
      text: 'Qualcuno, speriamo lei, ha dimenticato la password di {business}. Ne scelga una nuova qui:',
      link: 'Scegli una nuova password',
      ignore:
        'Il link vale un’ora e una sola volta. Se non è stato lei, non faccia nulla: la sua password resta com’è.',
    },
  },
}
