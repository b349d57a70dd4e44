import type { StatusRule } from '../../api/contract/statusAutomation.ts'

const APPOINTMENT = 'appointment-attended'
const EVENT = 'event-attended'

type Bookings = { fact: 'booking_count'; services?: unknown; except_services?: unknown }

/** A shipped rule that still asks for bookings by one condition; not one that somebody has drawn anew. */
function bookingsOf(rules: readonly StatusRule[], id: string): Bookings | undefined {
  const rule = rules.find((one) => one.id === id)?.rule as Record<string, unknown> | undefined
  return rule?.fact === 'booking_count' ? (rule as Bookings) : undefined
}

/**
 * The services whose bookings are events, by the shipped rule for events.
 *
 * @returns undefined where that rule, or the one for appointments, is not as it shipped: then both say it themselves
 */
export function eventServices(rules: readonly StatusRule[]): string[] | undefined {
  const event = bookingsOf(rules, EVENT)
  if (event === undefined || bookingsOf(rules, APPOINTMENT) === undefined) return undefined
  return Array.isArray(event.services) ? event.services.filter((one) => typeof one === 'string') : undefined
}

/** The rules with other services for events: what is booked for one of them is no appointment. */
export const withEvents = (rules: readonly StatusRule[], services: readonly string[]): StatusRule[] =>
  rules.map((one) => {
    const rule = one.rule as Record<string, unknown>
    if (one.id === EVENT) return { ...one, rule: { ...rule, services: [...services] } }
    return one.id === APPOINTMENT ? { ...one, rule: { ...rule, except_services: [...services] } } : one
  })
