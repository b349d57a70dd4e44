type Words = {
  subject: string
  hello: string
  gone: string
  gave_up: string
  what: string
  link: string
}

/** What admins are written when an endpoint was switched off by itself. */
export const WEBHOOK_WORDS: Readonly<Record<string, Words>> = {
  en: {
    subject: 'The webhook “{name}” was switched off',
    hello: 'Hello {name}',
    gone: '{host} says that the address of the webhook “{name}” is gone (410).',
    gave_up: '{host} has not taken a call of the webhook “{name}” for a day.',
    what: 'What waits for it is kept. Put its receiver right, then switch it on again; what happened meanwhile can be sent again from there.',
    link: 'Look at the webhook',
  },
  de: {
    subject: 'Der Webhook «{name}» wurde abgeschaltet',
    hello: 'Guten Tag {name}',
    gone: '{host} meldet, dass es die Adresse des Webhooks «{name}» nicht mehr gibt (410).',
    gave_up: '{host} hat seit einem Tag keinen Aufruf des Webhooks «{name}» angenommen.',
    what: 'Was auf ihn wartet, bleibt erhalten. Bringen Sie den Empfänger in Ordnung und schalten Sie ihn wieder ein; was inzwischen geschah, lässt sich dort noch einmal senden.',
    link: 'Webhook ansehen',
  },
  fr: {
    subject: 'Le webhook « {name} » a été désactivé',
    hello: 'Bonjour {name}',
    gone: '{host} indique que l’adresse du webhook « {name} » n’existe plus (410).',
    gave_up: '{host} n’a accepté aucun appel du webhook « {name} » depuis un jour.',
    what: 'Ce qui attend est conservé. Remettez le destinataire en état, puis réactivez le webhook ; ce qui s’est passé entre-temps peut y être renvoyé.',
    link: 'Voir le webhook',
  },
  it: {
    subject: 'Il webhook «{name}» è stato disattivato',
    hello: 'Buongiorno {name}',
    gone: '{host} segnala che l’indirizzo del webhook «{name}» non esiste più (410).',
    gave_up: '{host} non accetta chiamate del webhook «{name}» da un giorno.',
    what: 'Ciò che è in attesa resta conservato. Sistemi il destinatario e poi riattivi il webhook; ciò che è accaduto nel frattempo può essere inviato di nuovo da lì.',
    link: 'Vedi il webhook',
  },
}
