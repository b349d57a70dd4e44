import { classOfBounce } from '../deliveries/bounce.ts'
import type { BounceClass } from '../deliveries/bounceCodes.ts'
import type { DeliveryEvent } from '../deliveries/events.ts'
import type { Notice } from './notice.ts'

/** What notices change of a delivery. */
export type Settled = {
  id: number
  state: string
  reason: string | null
  bounceClass: BounceClass | null
  deliveredAt: Date | null
  bouncedAt: Date | null
  /** When somebody last sent it again by hand: older notices are about the earlier message. */
  resentAt: Date | null
  /** The types of events that it has. */
  has: ReadonlySet<string>
}

/** States in which a mail server has the message, or may have it. */
const UNDER_WAY = ['sending', 'unconfirmed', 'sent', 'delivered']

/**
 * What a notice makes of a delivery. Whatever the order in which notices arrive, and however often, the delivery ends the
 * same: a bounce outweighs an arrival, the earliest of several bounces stands, and so does the earliest arrival.
 *
 * @returns the delivery after it, and the line for its history; null for one that changes nothing there
 */
export function settle(before: Settled, notice: Notice): { after: Settled; event: DeliveryEvent | null } {
  const nothing = { after: before, event: null }
  const { type, at, words, source } = notice
  const old = before.resentAt !== null && at <= before.resentAt
  const reached = !old && (UNDER_WAY.includes(before.state) || before.state === 'bounced')
  const event = { delivery: before.id, type, at, detail: { source, ...(words === '' ? {} : { reason: words }) } }
  const has = new Set([...before.has, type])
  switch (type) {
    case 'delivered': {
      if (!reached) return nothing
      const arrived = before.deliveredAt === null || at < before.deliveredAt ? at : before.deliveredAt
      const state = before.state === 'bounced' ? {} : { state: 'delivered', reason: null }
      return { after: { ...before, ...state, deliveredAt: arrived, has }, event: before.has.has(type) ? null : event }
    }
    case 'bounced': {
      if (!reached) return nothing
      const first = before.state !== 'bounced'
      if (!first && before.bouncedAt !== null && before.bouncedAt <= at) return nothing
      const bounceClass = notice.bounceClass ?? classOfBounce(words)
      const after = { ...before, state: 'bounced', reason: words, bounceClass, bouncedAt: at, has }
      return { after, event: first ? { ...event, detail: { ...event.detail, class: bounceClass } } : null }
    }
    case 'deferred':
      return reached ? { after: { ...before, has }, event } : nothing
    default:
      return before.has.has(type) ? nothing : { after: { ...before, has }, event }
  }
}
