/** Merging while others write of the same customers: nothing stays behind, and of two merges one is done. */
import { expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { sweepMerges } from '../../domain/merge/sweepMerges.ts'
import { mergeBusiness, NOW } from '../support/mergeBusiness.ts'
import { moneyFaults } from '../support/moneyFaults.ts'

const business = mergeBusiness()
const { idOf, countOf, merge } = business

const booking = (id: string, customer: string) => ({
  ...{ id, customer, provider: 'anna', starts_at: '2026-11-20T10:00:00Z', price: 5_000, minutes: 60 },
  state: 'attended',
})

test('while bookings arrive for both, nothing stays behind', async () => {
  const { db } = business.database
  await business.api.call('post', '/ingest', { customers: [{ id: 'i-1' }, { id: 'i-2' }] })
  const arriving = Array.from({ length: 24 }, (_, n) =>
    business.api.call('post', '/ingest', {
      customers: [{ id: 'i-2', first_name: `n${n}` }],
      bookings: [booking(`ib-${n}`, n % 3 === 0 ? 'i-1' : 'i-2')],
    }),
  )
  const [merged, ...answers] = await Promise.all([merge('i-1', 'i-2'), ...arriving])
  expect(merged.status).toBe(200)
  expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200))
  expect(await countOf('bookings', await idOf('i-1'))).toBe(24)
  expect(await countOf('bookings', await idOf('i-2'))).toBe(0)
  const [other] = await rows(db, "SELECT known, first_name FROM customers WHERE external_id = 'i-2'")
  expect(other).toEqual({ known: 0, first_name: null })
})

test('two who merge the same two, this way and that, make one merge; a reward at the till is used once', async () => {
  const { db } = business.database
  for (const turn of [0, 1, 2]) {
    const [one, two] = [`m${turn}-1`, `m${turn}-2`]
    const bookings = [booking(`m${turn}b-1`, one), booking(`m${turn}b-2`, two)]
    await business.api.call('post', '/ingest', { customers: [{ id: one }, { id: two }], bookings })
    const reward = { provider: 'anna', kind: 'voucher', amount: 900, valid_from: '2026-01-01', valid_to: '2027-12-31' }
    await business.api.call('post', '/rewards', { ...reward, customer: two })
    const [merges, tills] = await Promise.all([
      Promise.all([merge(one, two), merge(two, one), merge(one, two)]),
      Promise.all(bookings.map(({ id }) => business.api.call('post', '/redemptions', { booking: id }))),
    ])
    const outcomes = merges.map(({ status }) => status).sort()
    expect([
      [200, 200, 409],
      [200, 409, 409],
    ]).toContainEqual(outcomes)
    expect(tills.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1)
    const [stayed] = await rows<{ n: number }>(db, 'SELECT SUM(known) AS n FROM customers WHERE external_id IN (?)', [
      [one, two],
    ])
    expect(stayed?.n).toBe(1)
  }
  expect(await moneyFaults(db)).toEqual([])
})

test('what was written of the one who went while they did is the other’s after a while', async () => {
  const { db } = business.database
  await business.api.call('post', '/ingest', { customers: [{ id: 's-1', consents: { email: true } }, { id: 's-2' }] })
  await merge('s-1', 's-2')
  const went = await idOf('s-2')
  await db('customer_notes').insert({
    ...{ customer_id: went, provider_id: 0, text: 'late', written_by: 'x', created_at: NOW },
  })
  await db('suppressions').insert({
    ...{ customer_id: went, provider_id: 0, channel: 'email', reason: 'unsubscribed', source: 'link', created_at: NOW },
  })
  await sweepMerges(db, NOW)
  expect(await countOf('customer_notes', went)).toBe(1)
  await sweepMerges(db, new Date(NOW.getTime() + 120_000))
  expect(await countOf('customer_notes', went)).toBe(0)
  expect((await business.api.call('get', '/customers/s-1')).body).toMatchObject({
    suppressions: [{ reason: 'unsubscribed' }],
  })
  expect(await sweepMerges(db, new Date(NOW.getTime() + 240_000))).toBe(0)
})
