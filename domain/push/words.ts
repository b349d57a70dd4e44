import type { MailLanguage } from '../messages/words.ts'

type Words = {
  title: string
  /** What is agreed to; kept with the consent. */
  ask: string
  button: string
  done: string
  end: string
  ended: string
  refused: string
  unable: string
  failed: string
  unknown: string
}

/** What the page says on which customers agree to notifications; `{business}` is the business's name. */
export const PUSH_WORDS: Record<MailLanguage, Words> = {
  en: {
    title: 'Notifications from {business}',
    ask: 'I agree that {business} sends me news and offers as notifications in this browser. I can end this here at any time.',
    button: 'Get notifications',
    done: 'You get notifications from {business} in this browser.',
    end: 'End notifications',
    ended: 'You get no more notifications in this browser.',
    refused:
      'This browser is set to show no notifications from this page. You can allow them in its settings for this site.',
    unable: 'This browser cannot show notifications from this page.',
    failed: 'That did not work. Please try again later.',
    unknown: 'This link is not complete or no longer valid. Please take the one from your latest message.',
  },
  fr: {
    title: 'Notifications de {business}',
    ask: 'J’accepte que {business} m’envoie des actualités et des offres sous forme de notifications dans ce navigateur. Je peux y mettre fin ici à tout moment.',
    button: 'Recevoir les notifications',
    done: 'Vous recevez les notifications de {business} dans ce navigateur.',
    end: 'Arrêter les notifications',
    ended: 'Vous ne recevrez plus de notifications dans ce navigateur.',
    refused:
      'Ce navigateur n’affiche pas les notifications de cette page. Vous pouvez les autoriser dans ses réglages pour ce site.',
    unable: 'Ce navigateur ne peut pas afficher les notifications de cette page.',
    failed: 'Cela n’a pas fonctionné. Veuillez réessayer plus tard.',
    unknown: 'Ce lien est incomplet ou n’est plus valable. Utilisez celui de votre dernier message.',
  },
  it: {
    title: 'Notifiche di {business}',
    ask: 'Accetto che {business} mi invii novità e offerte come notifiche in questo browser. Posso smettere qui in qualsiasi momento.',
    button: 'Ricevi le notifiche',
    done: 'Ricevi le notifiche di {business} in questo browser.',
    end: 'Disattiva le notifiche',
    ended: 'Non riceverai più notifiche in questo browser.',
    refused:
      'Questo browser non mostra le notifiche di questa pagina. Puoi consentirle nelle impostazioni per questo sito.',
    unable: 'Questo browser non può mostrare le notifiche di questa pagina.',
    failed: 'Non ha funzionato. Riprova più tardi.',
    unknown: 'Questo link è incompleto o non è più valido. Usa quello del tuo ultimo messaggio.',
  },
  de: {
    title: 'Mitteilungen von {business}',
    ask: 'Ich bin einverstanden, dass {business} mir Neuigkeiten und Angebote als Mitteilungen in diesem Browser schickt. Ich kann das hier jederzeit beenden.',
    button: 'Mitteilungen erhalten',
    done: 'Sie bekommen in diesem Browser Mitteilungen von {business}.',
    end: 'Mitteilungen beenden',
    ended: 'Sie bekommen in diesem Browser keine Mitteilungen mehr.',
    refused:
      'Dieser Browser zeigt keine Mitteilungen dieser Seite. Sie können sie in seinen Einstellungen für diese Seite erlauben.',
    unable: 'Dieser Browser kann keine Mitteilungen dieser Seite zeigen.',
    failed: 'Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.',
    unknown: 'Dieser Link ist unvollständig oder nicht mehr gültig. Bitte nehmen Sie den aus Ihrer letzten Nachricht.',
  },
}
