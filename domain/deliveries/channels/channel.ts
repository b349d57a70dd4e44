import type { Pieces } from '../../messages/pieces.ts'

/** How customers are reached. */
export type ChannelName = 'email' | 'sms' | 'push'

/** A mail for one recipient. */
export type Envelope = {
  to: string
  from: { name: string; address: string }
  /** The sender in the envelope: where a mail server sends what it can't deliver later. */
  returnPath: string
  /** Without angle brackets. */
  messageId: string
  subject: string
  html: string | Pieces
  text: string | Pieces
  /** Further headers by name; the values are ours, never typed by anybody. */
  headers: Record<string, string>
}

/** A message to a telephone. */
export type Sms = { to: string; text: string; messageId: string }

/** Where one browser gets its notifications, as it said itself. */
export type Browser = { id: number; endpoint: string; p256dh: string; auth: string }

/** A notification for one browser. */
export type Notice = {
  to: Browser
  messageId: string
  title: string
  text: string
  /** The page that opens when it is pressed. */
  url: string | null
  /** What the button that ends notifications says, and the page it opens. */
  unsubscribe: { label: string; url: string } | null
}

/**
 * What became of a message:
 * - `sent`: the other side has taken it over;
 * - `deferred`: it refused for now, or wasn't reached; the message was certainly not taken, so it may go again;
 * - `bounced`: it refused for good, with its words; `gone` when that address will never take anything again;
 * - `unconfirmed`: nobody can say whether it was taken. It must not go again by itself.
 */
export type Outcome =
  | { state: 'sent'; response: string }
  | { state: 'deferred'; reason: string; connection: boolean }
  | { state: 'bounced'; reason: string; gone?: boolean }
  | { state: 'unconfirmed'; reason: string }

/** A way to reach customers. A further channel is a file with one of these. */
export type Channel<Message = Envelope> = {
  /** Hands over one message. Never throws: whatever happens is an outcome. */
  send(message: Message): Promise<Outcome>
  /** How many messages may be under way at once. */
  readonly concurrency: number
  /** The other side notices a message that comes twice by its id: what is unclear may go again by itself. */
  readonly repeatable?: boolean
  close(): void
}
