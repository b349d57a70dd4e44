import type { MessageId } from '../messages/index.ts'

const TEXTS = {
  queued: 'event.queued',
  held: 'event.held',
  sent: 'event.sent',
  delivered: 'event.delivered',
  deferred: 'event.deferred',
  resent: 'event.resent',
  opened: 'event.opened',
  clicked: 'event.clicked',
  bounced: 'event.bounced',
  failed: 'event.failed',
  cancelled: 'event.cancelled',
  unconfirmed: 'event.unconfirmed',
  unsubscribed: 'event.unsubscribed',
  complained: 'event.complained',
  resubscribed: 'event.resubscribed',
  answered: 'event.answered',
} as const satisfies Record<string, MessageId>

const isKnown = (type: string): type is keyof typeof TEXTS => Object.hasOwn(TEXTS, type)

/** The id of an event's text; undefined for one that these pages do not know yet. */
export const eventText = (type: string): MessageId | undefined => (isKnown(type) ? TEXTS[type] : undefined)

/**
 * The part of an event's detail that a person wants to read: the question with the answer given to it, the address
 * clicked, the server's words, the reason.
 */
export function detailOf(detail: Readonly<Record<string, unknown>> | null): string | null {
  const { question, label } = detail ?? {}
  if (typeof question === 'string' && typeof label === 'string') return `${question} – ${label}`
  for (const name of ['url', 'reason', 'answer']) {
    const value = detail?.[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** The instant until which an event holds a message back, if it does. */
export function heldUntil(detail: Readonly<Record<string, unknown>> | null): string | null {
  const until = detail?.until ?? detail?.next
  return typeof until === 'string' && !Number.isNaN(Date.parse(until)) ? until : null
}

/** The rule by which an event was a machine's; null: a person's. */
export const machineRule = (detail: Readonly<Record<string, unknown>> | null): string | null =>
  detail?.machine === true && typeof detail.rule === 'string' ? detail.rule : null
