import type { Random } from './random.ts'

/** One message of the past with its history. */
export type PastDelivery = {
  address: string
  state: 'delivered' | 'bounced'
  /** The server's words when it bounced. */
  reason: string | null
  attempts: number
  queuedAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
  bouncedAt: Date | null
  openedAt: Date | null
  clickedAt: Date | null
  events: { type: string; at: Date; detail: Record<string, unknown> | null }[]
  /** The server's words when they say that there is no such address. */
  badAddress: string | null
  unsubscribed: boolean
  /** When it was delivered or given up. */
  settledAt: Date
  /** When the last thing happened to it. */
  lastAt: Date
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND

const NO_SUCH_ADDRESS = '550 5.1.1 The address does not exist'
const MAILBOX_FULL = '552 5.2.2 The mailbox is full'
const TRY_LATER = '451 4.3.2 Busy, try again later'

/**
 * What became of a message. Servers answer as the local inbox does: `bounce.test` knows nobody, `later.test` takes the
 * third attempt.
 *
 * @param place position in the campaign; some go out every second
 */
export function inventDelivery(random: Random, address: string, startedAt: Date, place: number): PastDelivery {
  const delivery: PastDelivery = {
    address,
    state: 'delivered',
    reason: null,
    attempts: 1,
    queuedAt: startedAt,
    sentAt: null,
    deliveredAt: null,
    bouncedAt: null,
    openedAt: null,
    clickedAt: null,
    events: [],
    badAddress: null,
    unsubscribed: false,
    settledAt: startedAt,
    lastAt: startedAt,
  }
  let at = new Date(startedAt.getTime() + 2 * SECOND + place * 120)
  const happen = (type: string, detail: Record<string, unknown> | null = null): Date => {
    delivery.events.push({ type, at, detail })
    delivery.lastAt = at
    return at
  }
  const full = random.chance(0.006)
  // some mailboxes were still there: their next mail is the first to come back
  const gone = address.endsWith('@bounce.test') && random.chance(0.4)
  if (gone || full) {
    const reason = full ? MAILBOX_FULL : NO_SUCH_ADDRESS
    const bouncedAt = happen('bounced', { reason })
    return { ...delivery, state: 'bounced', reason, bouncedAt, settledAt: at, badAddress: full ? null : reason }
  }
  if (address.endsWith('@later.test')) {
    for (const minutes of [1, 4]) {
      const next = new Date(at.getTime() + minutes * 60 * SECOND)
      happen('deferred', { reason: TRY_LATER, next: next.toISOString() })
      delivery.attempts++
      at = next
    }
  }
  delivery.sentAt = happen('sent', { answer: '250 2.0.0 Ok: queued' })
  const { happened, unsubscribed } = readsAndClicks(random, at)
  for (const { type, at: instant, detail = null } of happened) {
    at = instant
    happen(type, detail)
    if (type === 'delivered') delivery.settledAt = at
    if (type !== 'unsubscribed') delivery[`${type}At`] = at
  }
  return { ...delivery, unsubscribed }
}

type Read = { type: 'delivered' | 'opened' | 'clicked' | 'unsubscribed'; at: Date; detail?: Record<string, unknown> }

/**
 * What a reader does with a mail that was handed over at an instant, in the order of time.
 *
 * @param clicking the share of those who open it and follow a link
 */
export function readsAndClicks(
  random: Random,
  sentAt: Date,
  clicking = 0.3,
): { happened: Read[]; unsubscribed: boolean } {
  const happened: Read[] = []
  let at = sentAt
  const wait = (milliseconds: number) => {
    at = new Date(at.getTime() + Math.round(milliseconds))
  }
  wait((1 + 4 * random.next()) * SECOND)
  happened.push({ type: 'delivered', at })
  if (!random.chance(0.47)) return { happened, unsubscribed: false }
  // most read it the same day, some after days
  wait(0.05 * HOUR + 60 * HOUR * random.next() ** 4)
  happened.push({ type: 'opened', at })
  const clicks = random.chance(clicking)
  const unsubscribed = !clicks && random.chance(0.04)
  if (clicks || unsubscribed) wait((5 + 90 * random.next()) * SECOND)
  if (clicks) happened.push({ type: 'clicked', at, detail: { link: 0 } })
  if (unsubscribed) happened.push({ type: 'unsubscribed', at })
  return { happened, unsubscribed }
}
