import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { resolveCriteria } from '../../domain/campaigns/criteria.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { preflight } from '../../domain/campaigns/preflight.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, campaignTo, recordingChannel } from '../support/sending.ts'

const REASONS = ['unsubscribed', 'bounced', 'complained', 'by_hand'] as const

/** One customer as the test makes them up, and what that means by the plainest reading of the rules. */
const person = fc.record({
  email: fc.constantFrom('a@mail.test', 'A@Mail.test', 'b@mail.test', 'ä@mail.test', ' c@mail.test', null, ''),
  own: fc.boolean(),
  consent: fc.constantFrom(true, true, false, null),
  suppression: fc.option(fc.constantFrom(...REASONS), { freq: 4 }),
  bouncedElsewhere: fc.boolean(),
  gone: fc.constantFrom(false, false, false, true),
})
type Person = {
  email: string | null
  own: boolean
  consent: boolean | null
  suppression: (typeof REASONS)[number] | null
  bouncedElsewhere: boolean
  gone: boolean
}

describe('preflight, frozen audience and sent mails are one number', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  test('for random customers, suppressions and consents', async () => {
    const { db } = database
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 25 }), fc.boolean(), async (people, mailUnknown) => {
        const ids = await populate(people, mailUnknown)
        const picked = [...ids, 'nobody-1', 'nobody-2']
        const before = await preflight(db, await resolveCriteria(db, { customers: picked }))
        expect(asCounts(before)).toEqual(naive(people, mailUnknown))
        expect(before.requested).toBe(picked.length)

        const campaign = await campaignTo(db, { customers: picked })
        expect((await getCampaign(db, campaign)).total).toBe(before.recipients)
        await freezeAudience(db, campaign, new Date())
        await freezeAudience(db, campaign, new Date())
        const { channel, taken } = recordingChannel()
        await deliverDue(db, campaign, attempt(channel))
        expect(taken).toHaveLength(before.recipients)
        expect(new Set(taken.map(({ to }) => to.toLowerCase())).size).toBe(taken.length)

        const after = await getCampaign(db, campaign)
        expect(after).toMatchObject({ total: before.recipients, sent: before.recipients, state: 'sending' })
        const reasons = Object.fromEntries(after.leftOut.map(({ reason, count }) => [reason, count]))
        expect(reasons).toEqual(Object.fromEntries(before.leftOut.map(({ reason, count }) => [reason, count])))
      }),
      { numRuns: 25 },
    )
  })

  test('up to twenty of each reason are named', async () => {
    const { db } = database
    const nobody = { email: null, own: false, consent: true, suppression: null, bouncedElsewhere: false, gone: false }
    const ids = await populate(
      Array.from({ length: 30 }, () => nobody),
      false,
    )
    const { leftOut } = await preflight(db, await resolveCriteria(db, { customers: ids }))
    expect(leftOut).toHaveLength(1)
    expect(leftOut[0]).toMatchObject({ reason: 'no_address', count: 30 })
    expect(leftOut[0]?.customers).toHaveLength(20)
    expect(leftOut[0]?.customers[0]).toEqual({ id: 'p0', name: 'First0' })
  })

  test('a segment’s members, narrowed by a filter', async () => {
    const { db } = database
    const fine = { email: null, own: true, consent: true, suppression: null, bouncedElsewhere: false, gone: false }
    await populate(
      Array.from({ length: 10 }, () => fine),
      false,
    )
    const at = new Date()
    await db('segments').delete()
    const [segment = 0] = await db('segments').insert({
      key: 's',
      name: 'S',
      scope: 'business',
      rule: '{"all":[]}',
      version: 1,
      recalculation: '{"mode":"live"}',
      created_at: at,
      updated_at: at,
    })
    await db.raw(
      'INSERT INTO segment_members (segment_id, provider_id, customer_id, since) SELECT ?, 0, id, ? FROM customers ORDER BY id LIMIT 6',
      [segment, at],
    )
    await db.raw("UPDATE customers SET gender = 'female' ORDER BY id LIMIT 2")
    const all = await preflight(db, await resolveCriteria(db, { segment: 's' }))
    expect(all).toMatchObject({ requested: 6, recipients: 6 })
    const some = await preflight(db, await resolveCriteria(db, { segment: 's', filter: { gender: ['female'] } }))
    expect(some).toMatchObject({ requested: 2, recipients: 2 })
  })

  test.each([
    [{}, '/segment'],
    [{ segment: 's', customers: ['p0'] }, '/customers'],
    [{ segment: 'not-there' }, '/segment'],
    [{ customers: ['p0'], provider: 'not-there' }, '/provider'],
  ])('%j is refused with the place of the mistake', async (criteria, path) => {
    await expect(resolveCriteria(database.db, criteria)).rejects.toMatchObject({
      code: 'invalid',
      mistakes: [{ path }],
    })
  })

  /** Puts the people into the empty tables; their ids are `p0`, `p1`, … in order of our own ids. */
  async function populate(people: readonly Person[], mailUnknown: boolean): Promise<string[]> {
    const { db } = database
    const at = new Date('2026-01-01T00:00:00Z')
    for (const table of ['campaigns', 'suppressions', 'consents', 'segment_members', 'customers'])
      await db(table).delete()
    await db.raw(
      `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
       VALUES (1, 'Studio', 'Europe/Rome', 'EUR', 'en', 'Studio', 'hello@studio.test', ?)
       ON DUPLICATE KEY UPDATE mail_unknown_consent = ?`,
      [at, mailUnknown],
    )
    await db('settings').update({ mail_unknown_consent: mailUnknown })
    await db('customers').insert(
      people.map((one, index) => ({
        id: index + 1,
        external_id: `p${index}`,
        known: !one.gone,
        email: addressOf(one, index),
        first_name: `First${index}`,
        created_at: at,
        updated_at: at,
      })),
    )
    const consents = people.flatMap((one, index) =>
      one.consent === null
        ? []
        : [{ customer_id: index + 1, channel: 'email', given: one.consent, at, source: 'test' }],
    )
    const suppressions = people.flatMap((one, index) => {
      const address = one.suppression === 'bounced' && one.bouncedElsewhere ? 'old@mail.test' : null
      const suppression = { customer_id: index + 1, channel: 'email', source: 'test', created_at: at, address }
      return one.suppression === null ? [] : [{ ...suppression, reason: one.suppression }]
    })
    if (consents.length > 0) await db('consents').insert(consents)
    if (suppressions.length > 0) await db('suppressions').insert(suppressions)
    const found = await rows<{ external_id: string }>(db, 'SELECT external_id FROM customers ORDER BY id')
    return found.map(({ external_id }) => external_id)
  }
})

const addressOf = (one: Person, index: number) => (one.own ? `own${index}@mail.test` : one.email)

/** The rules of PRODUCT and API read as plainly as possible. */
function naive(people: readonly Person[], mailUnknown: boolean): Record<string, number> {
  const counts: Record<string, number> = { unknown_customer: 2 }
  const taken = new Set<string>()
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  for (const [index, one] of people.entries()) {
    const address = (addressOf(one, index) ?? '').trim().toLowerCase()
    const bounced = one.suppression === 'bounced' && !one.bouncedElsewhere
    if (one.gone) count('unknown_customer')
    else if (address === '') count('no_address')
    else if (one.suppression === 'unsubscribed') count('unsubscribed')
    else if (bounced) count('bounced')
    else if (one.suppression === 'complained' || one.suppression === 'by_hand') count('suppressed')
    else if (one.consent === false || (one.consent === null && !mailUnknown)) count('no_consent')
    else if (taken.has(address)) count('same_address')
    else {
      taken.add(address)
      count('recipients')
    }
  }
  return counts
}

function asCounts({ recipients, leftOut }: Awaited<ReturnType<typeof preflight>>): Record<string, number> {
  const counts = Object.fromEntries(leftOut.map(({ reason, count }) => [reason, count]))
  return recipients === 0 ? counts : { ...counts, recipients }
}
