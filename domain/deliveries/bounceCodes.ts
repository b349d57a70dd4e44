/**
 * What a refusal says about whose fault it is:
 * - `bad_address`: there is no such mailbox; nothing goes there again;
 * - `mailbox_full`: there is one, and it takes nothing now; when that goes on for days, nothing goes there again;
 * - `content`: what is in the mail, or what is thought of who sends it;
 * - `configuration`: our own DNS records, certificates, size, rights: never counted against the customer;
 * - `other`: it does not say.
 */
export const BOUNCE_CLASSES = ['bad_address', 'mailbox_full', 'content', 'configuration', 'other'] as const
export type BounceClass = (typeof BOUNCE_CLASSES)[number]

/**
 * Enhanced status codes (RFC 3463 and the IANA registry), without the first digit: refusals for now and for good mean the
 * same thing. `x.*` stands for every detail of a subject that has no line of its own.
 */
export const CODES: Readonly<Record<string, BounceClass>> = {
  '0.0': 'other',
  // addresses
  '1.0': 'bad_address',
  '1.1': 'bad_address',
  '1.2': 'bad_address',
  '1.3': 'bad_address',
  '1.4': 'bad_address',
  '1.6': 'bad_address',
  '1.9': 'bad_address',
  // of the sender
  '1.7': 'configuration',
  '1.8': 'configuration',
  // the domain takes no mail (RFC 7505)
  '1.10': 'bad_address',
  '1.*': 'other',
  // mailboxes
  '2.1': 'bad_address',
  '2.2': 'mailbox_full',
  '2.3': 'configuration',
  '2.4': 'configuration',
  '2.*': 'other',
  // the other mail system: full, too large for it, not for us
  '3.1': 'mailbox_full',
  '3.4': 'configuration',
  '3.*': 'other',
  // network and routing
  '4.4': 'bad_address',
  '4.*': 'other',
  // protocol
  '5.*': 'configuration',
  // content and media
  '6.7': 'configuration',
  '6.*': 'content',
  // security and policy
  '7.1': 'content',
  '7.0': 'content',
  '7.2': 'content',
  // SPF, DKIM, DMARC, reverse DNS, encryption, rights to send: ours to mend
  '7.3': 'configuration',
  '7.4': 'configuration',
  '7.5': 'configuration',
  '7.7': 'configuration',
  '7.8': 'configuration',
  '7.9': 'configuration',
  '7.10': 'configuration',
  '7.11': 'configuration',
  '7.14': 'configuration',
  '7.17': 'bad_address',
  '7.18': 'bad_address',
  '7.20': 'configuration',
  '7.21': 'configuration',
  '7.22': 'configuration',
  '7.23': 'configuration',
  '7.24': 'configuration',
  '7.25': 'configuration',
  '7.26': 'configuration',
  '7.27': 'configuration',
  '7.28': 'content',
  '7.29': 'configuration',
  '7.30': 'configuration',
  '7.40': 'configuration',
  '7.57': 'configuration',
  '7.60': 'configuration',
  '7.64': 'configuration',
  '7.509': 'configuration',
  '7.515': 'configuration',
  '7.520': 'configuration',
  '7.606': 'content',
  '7.705': 'content',
  '7.708': 'content',
  '7.*': 'content',
}

/**
 * What mail servers write, in small letters, in the order in which it is looked for. Words that name our own records or a
 * full mailbox outweigh the code: many a server answers `550 5.1.1` or `5.7.1` to everything. A code outweighs the others.
 */
export const WORDS: readonly { class: BounceClass; outweighs?: true; any: readonly string[] }[] = [
  {
    class: 'configuration',
    outweighs: true,
    any: [
      'dmarc',
      'dkim',
      'spf',
      'unauthenticated email',
      'not authenticated',
      'sender id',
      'reverse dns',
      'ptr record',
      'relay access denied',
      'relaying denied',
      'unable to relay',
      'not permitted to relay',
      'authentication required',
      'must issue a starttls',
      'tls is required',
      'sender address rejected',
      'helo command rejected',
      'sender domain',
      'from domain',
      'message size exceeds',
      'message too large',
      'maximum message size',
    ],
  },
  {
    class: 'other',
    outweighs: true,
    any: ['receiving mail at a rate', 'receiving mail too quickly', 'rate limit', 'too many connections', 'greylist'],
  },
  {
    class: 'mailbox_full',
    outweighs: true,
    any: [
      'mailbox full',
      'mailbox is full',
      'inbox is full',
      'over quota',
      'overquota',
      'quota exceeded',
      'exceeded storage',
      'exceeds quota',
      'out of storage',
      'insufficient system storage',
      'storage allocation',
      'has exceeded its quota',
      'boîte pleine',
      'boite aux lettres pleine',
      'casella piena',
      'postfach voll',
      'postfach ist voll',
    ],
  },
  {
    class: 'content',
    outweighs: true,
    any: ['spamhaus', 'blacklist', 'blocklist', 'block list', 'black list', 'dnsbl', 'rbl', 'poor reputation'],
  },
  {
    class: 'bad_address',
    any: [
      'user unknown',
      'unknown user',
      'no such user',
      'no such mailbox',
      'no such recipient',
      'recipient unknown',
      'unknown recipient',
      'mailbox unavailable',
      'mailbox not found',
      'does not exist',
      'doesn’t exist',
      "doesn't exist",
      'user not found',
      'not our customer',
      'account is disabled',
      'account has been disabled',
      'account disabled',
      'mailbox is inactive',
      'inactive user',
      'invalid recipient',
      'recipient address rejected',
      'recipient rejected',
      'no mailbox here',
      'domain not found',
      'host not found',
      'address rejected',
      'utilisateur inconnu',
      'adresse inconnue',
      'utente sconosciuto',
      'indirizzo inesistente',
      'empfänger unbekannt',
      'nicht bekannt',
    ],
  },
  {
    class: 'content',
    any: [
      'spam',
      'virus',
      'phish',
      'malware',
      'unsolicited',
      'reputation',
      'policy',
      'content',
      'rejected due to',
      'url',
    ],
  },
]

/** What a refusal means that comes with neither an enhanced code nor words we know (RFC 5321 4.2.3). */
export const REPLIES: Readonly<Record<string, BounceClass>> = {
  421: 'other',
  450: 'other',
  452: 'mailbox_full',
  550: 'bad_address',
  551: 'bad_address',
  552: 'mailbox_full',
  553: 'bad_address',
  554: 'other',
}
