import type { Rule } from '../../rules/rule.ts'
import type { Status } from './status.ts'

/** One rule of the status automation: whoever has the status `from` and is caught by it gets `to`. */
export type StatusRule = { id: string; enabled: boolean; from: Status; to: Status; rule: Rule }

/** What is switched on and off, and saved as a version. */
export type StatusRules = {
  /** Whether anybody ceases to be a lead by a rule. */
  enabled: boolean
  rules: StatusRule[]
}

/** What bookings of events are called; the status page changes both rules together. */
const EVENTS = ['Event', 'Workshop']
const attended = { fact: 'booking_count', states: ['attended'], is: '>=', value: 1 } as const

/**
 * The rules that ship with the product; their ids are stable. A lead is whoever has had no dealings with the business.
 * An event is a booking of a service that is named as one, here by its usual names, and every other booking is an appointment;
 * docs/statuses.md says more.
 */
export const STANDARD_RULES: StatusRules = {
  enabled: true,
  rules: [
    {
      id: 'appointment-attended',
      enabled: true,
      from: 'lead',
      to: 'customer',
      rule: { ...attended, except_services: EVENTS },
    },
    {
      id: 'event-attended',
      enabled: true,
      from: 'lead',
      to: 'customer',
      rule: { ...attended, services: EVENTS },
    },
    {
      id: 'payment-made',
      enabled: true,
      from: 'lead',
      to: 'customer',
      rule: { fact: 'payment_count', is: '>=', value: 1 },
    },
    {
      id: 'message-exchanged',
      enabled: true,
      from: 'lead',
      to: 'customer',
      rule: { fact: 'last_interaction', is: 'set' },
    },
  ],
}
