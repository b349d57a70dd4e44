import fc from 'fast-check'
import type { Database } from '../../domain/database.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'

export const ZONE = 'Asia/Kolkata'
export const STARTED = new Date('2026-06-01T17:10:00Z')
export const NOW = new Date('2026-06-09T12:00:00Z')
const HOUR = 3_600_000
export const LINKS = ['https://studio.test/plan', 'https://studio.test/plan?a=1', 'https://studio.test/ü']
const DOMAINS = ['gmail.test', 'GMAIL.test', 'web.test']
const LEFT_OUT = ['unsubscribed', 'no_address', 'same_address', 'holdout', null, null, null, null] as const

/** Somebody who was asked for, and what became of that; hours count from the beginning. */
export type Person = {
  leftOut: (typeof LEFT_OUT)[number]
  state: 'queued' | 'sending' | 'unconfirmed' | 'sent' | 'delivered' | 'bounced' | 'failed' | 'cancelled'
  variant: 'a' | 'b' | null
  domain: string
  sent: number
  opened: number | null
  clicks: { at: number; link: number; machine: boolean }[]
  machineOpened: boolean
  bounce: 'bad_address' | 'mailbox_full' | null
  wish: 'unsubscribed' | 'complained' | null
  came: number | null
}

export const person: fc.Arbitrary<Person> = fc.record({
  leftOut: fc.constantFrom(...LEFT_OUT),
  state: fc.constantFrom('queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'),
  variant: fc.constantFrom('a', 'b', null),
  domain: fc.constantFrom(...DOMAINS),
  sent: fc.integer({ min: 0, max: 3 }),
  opened: fc.option(fc.integer({ min: 0, max: 120 })),
  clicks: fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 120 }), link: fc.integer({ min: 0, max: 2 }), machine: fc.boolean() }),
    { maxLength: 3 },
  ),
  machineOpened: fc.boolean(),
  bounce: fc.constantFrom('bad_address', 'mailbox_full', null),
  wish: fc.constantFrom('unsubscribed', 'complained', null),
  came: fc.option(fc.integer({ min: -48, max: 400 })),
})

/** An instant so many hours after the campaign began. */
export const at = (hours: number) => new Date(STARTED.getTime() + hours * HOUR)
/** What a person clicked, and no machine. */
export const clicked = (one: Person) => one.clicks.filter(({ machine }) => !machine)

/** Puts campaign 1 with these people in place of all campaigns, bookings and customers. */
export async function populate(db: Database, people: readonly Person[], holdout = 10): Promise<void> {
  for (const table of ['campaigns', 'bookings', 'customers']) await db(table).delete()
  await db('campaigns').insert({
    ...{ id: 1, name: 'M', kind: 'one_off', channel: 'email', state: 'sent', subject: 'S', html: '', text: '' },
    ...{ criteria: '{}', document: '{}', created_at: STARTED, started_at: STARTED, holdout },
  })
  await db('campaign_links').insert(LINKS.map((url, position) => ({ campaign_id: 1, position, url })))
  const leftOut: Record<string, number> = {}
  for (const one of people) if (one.leftOut !== null) leftOut[one.leftOut] = (leftOut[one.leftOut] ?? 0) + 1
  await db('audiences').insert({
    ...{ id: 1, campaign_id: 1, name: 'M', type: 'email', criteria: '{}', created_at: STARTED },
    ...{ total: people.length, left_out: JSON.stringify(leftOut) },
  })
  const base = { known: true, created_at: STARTED, updated_at: STARTED }
  await db('customers').insert(people.map((_, index) => ({ id: index + 1, external_id: `p${index}`, ...base })))
  await db('audience_contacts').insert(
    people.map((one, index) => ({ audience_id: 1, customer_id: index + 1, left_out: one.leftOut })),
  )
  const recipients = people.flatMap((one, index) => (one.leftOut === null ? [{ ...one, id: index + 1 }] : []))
  if (recipients.length > 0) {
    await db('deliveries').insert(
      recipients.map((one) => ({
        ...{ id: one.id, campaign_id: 1, customer_id: one.id, channel: 'email', address: `p${one.id}@${one.domain}` },
        ...{ state: one.state, variant: one.variant, due_at: STARTED, queued_at: STARTED, sent_at: at(one.sent) },
        opened_at: one.opened === null ? null : at(one.opened),
        clicked_at: clicked(one).length === 0 ? null : at(Math.min(...clicked(one).map((click) => click.at))),
        machine_opened_at: one.machineOpened ? STARTED : null,
        bounce_class: one.state === 'bounced' ? one.bounce : null,
        reason:
          one.state === 'bounced'
            ? `550 no <p${one.id}@${one.domain}> here`
            : one.state === 'cancelled'
              ? 'bounced'
              : null,
      })),
    )
    for (const one of recipients) {
      for (const click of one.clicks) {
        await db('delivery_events').insert({
          ...{ delivery_id: one.id, type: 'clicked', at: at(click.at), machine: click.machine ? 'scanner' : null },
          // an event of an older version says the place only
          detail: JSON.stringify(one.id % 2 === 0 ? { url: LINKS[click.link] } : { link: click.link }),
        })
      }
      if (one.wish !== null) await insertEvents(db, [{ delivery: one.id, type: one.wish }], at(5))
    }
  }
  const came = people.flatMap((one, index) => (one.came === null ? [] : [{ index, hours: one.came }]))
  if (came.length === 0) return
  await db('bookings').insert(
    came.map(({ index, hours }) => ({
      ...{ external_id: `b${index}`, customer_id: index + 1, starts_at: at(hours), starts_on: '2026-06-01' },
      ...{
        state: index % 5 === 0 ? 'no_show' : 'attended',
        booked_at: at(hours - 30),
        created_at: STARTED,
        updated_at: STARTED,
      },
    })),
  )
}
