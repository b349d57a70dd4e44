/** What mail servers write into subjects of bounces that come in no standard form, in small letters. */
export const FAILED_SUBJECTS: readonly string[] = [
  'undeliver',
  'delivery status notification (failure)',
  'delivery failure',
  'delivery has failed',
  'failure notice',
  'mail delivery failed',
  'returned mail',
  'returned to sender',
  'could not be delivered',
  'message not delivered',
  'unzustellbar',
  'nicht zugestellt',
  'non remis',
  'échec de la remise',
  'non distribué',
  'mancata consegna',
  'impossibile recapitare',
  'non recapitabile',
]

/** The same of those that are still trying. */
export const DELAYED_SUBJECTS: readonly string[] = [
  'delivery status notification (delay)',
  'delayed mail',
  'delayed delivery',
  'delivery delayed',
  'warning: message',
  'still being retried',
  'zustellung verzögert',
  'verzögerung',
  'remise retardée',
  'consegna ritardata',
]

/** How the subjects of answers begin that a mailbox gives by itself. */
export const ANSWER_SUBJECTS: readonly string[] = [
  'out of office',
  'out of the office',
  'automatic reply',
  'auto reply',
  'autoreply',
  'auto-reply',
  'auto:',
  'vacation',
  'on vacation',
  'away from',
  'abwesen',
  'automatische antwort',
  'abwesend',
  'réponse automatique',
  'absence',
  'absent',
  'risposta automatica',
  'fuori sede',
  'assente',
]

/** Headers that say that nobody wrote this mail. */
export const ANSWER_HEADERS: readonly string[] = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-response-suppress',
  'x-vacation',
]

/** From whom bounces come, where they have a sender: the local part. */
export const DAEMONS = /^(mailer-daemon|mail-daemon|maildaemon|postmaster|mail\.delivery|mailer|mda|mdaemon)$/i
