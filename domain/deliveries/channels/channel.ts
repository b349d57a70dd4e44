/** How customers are reached. */
export type ChannelName = 'email' | 'sms' | 'push'

/** What a channel hands to the outside world for one recipient. */
export type Envelope = {
  to: string
  from: { name: string; address: string }
  /** The sender in the envelope: where a mail server sends what it can't deliver later. */
  returnPath: string
  /** Without angle brackets. */
  messageId: string
  subject: string
  html: string
  text: string
  /** Further headers by name; the values are ours, never typed by anybody. */
  headers: Record<string, string>
}

/**
 * What became of a message:
 * - `sent`: the other side has taken it over;
 * - `deferred`: it refused for now, or wasn't reached; the message was certainly not taken, so it may go again;
 * - `bounced`: it refused for good, with its words;
 * - `unconfirmed`: nobody can say whether it was taken. It must not go again by itself.
 */
export type Outcome =
  | { state: 'sent'; response: string }
  | { state: 'deferred'; reason: string; connection: boolean }
  | { state: 'bounced'; reason: string }
  | { state: 'unconfirmed'; reason: string }

/** A way to reach customers. A further channel is a file with one of these. */
export type Channel = {
  /** Hands over one message. Never throws: whatever happens is an outcome. */
  send(envelope: Envelope): Promise<Outcome>
  /** How many messages may be under way at once. */
  readonly concurrency: number
  close(): void
}
