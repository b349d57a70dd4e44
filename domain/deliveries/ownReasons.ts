/**
 * Why a message is where it is, where we say so ourselves and others' words may follow: `not_reached: connect ECONNREFUSED`.
 * Pages and exports say the code in the reader's language and leave the words as they are.
 */
const OWN_REASONS = [
  /** The other side was not reached; it certainly has nothing. */
  'not_reached',
  /** No connection that is safe: no encryption where there has to be, or a certificate that is not right. */
  'not_secure',
  /** Our name or password at the mail server is not right. */
  'no_login',
  /** The connection was lost after the final dot: nobody can say whether the message was taken. */
  'handed_over',
  /** Sending ended before the mail server's answer was recorded. */
  'interrupted',
  /** The message could not be made for this customer. */
  'not_made',
  /** Nobody has set up the channel that is named. */
  'no_channel',
] as const
type OwnReason = (typeof OWN_REASONS)[number]

/** A reason of ours as it is stored, with the words of others behind it. */
export const ownReason = (code: OwnReason, words = ''): string => (words === '' ? code : `${code}: ${words}`)

/** Takes such a reason apart; null for one in the words of others alone, or without any. */
export function readOwnReason(reason: string): { code: OwnReason; words: string } | null {
  const [code = ''] = reason.split(':', 1)
  const known = OWN_REASONS.find((one) => one === code)
  return known === undefined ? null : { code: known, words: reason.slice(code.length + 1).trim() }
}
