import type { BounceClass } from '../deliveries/bounceCodes.ts'

/** How a notice names its delivery: by what only our own mail carries. */
export type About =
  /** The signed part of the return path. */
  | { token: string }
  /** The Message-ID without angle brackets; it can't be guessed. */
  | { messageId: string }
  | { delivery: number }

/** What somebody out there says became of a message after a mail server had taken it. */
export type Notice = {
  about: About
  type: 'delivered' | 'deferred' | 'bounced' | 'complained' | 'unsubscribed'
  /** When it happened, as they say. */
  at: Date
  /** Their words. */
  words: string
  /** Who says so, e.g. `bounce mail` or `ses`. */
  source: string
  /** Whose fault a bounce is, where they know better than their words say. */
  bounceClass?: BounceClass
  /** What they call this notice: a second one of the same name about the same delivery changes nothing. */
  id: string
  /** No second one of that name is believed about any delivery. */
  alone?: boolean
}
