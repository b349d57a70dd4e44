import { describe, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { refreshOnce } from '../../domain/segments/refreshWhileBusy.ts'
import { recordAnswer } from '../../domain/surveys/recordAnswer.ts'
import { WEBHOOK_EVENTS } from '../../rules/webhooks/events.ts'
import { automationOf } from '../support/automations.ts'
import { frozenCampaign } from '../support/sending.ts'
import { NOW, of } from '../support/stepBusiness.ts'
import { webhookBusiness } from '../support/webhookBusiness.ts'

const hooks = webhookBusiness()
const { business, tell, make } = hooks

describe('everything that can be told', () => {
  test('who is through an automation as they enter has entered and ended', async () => {
    const { db } = business
    await make(['enrolment.entered', 'enrolment.ended'])
    const unless = [{ id: 'german', rule: { fact: 'language', is: 'one_of', value: ['de'] } }]
    await automationOf(db, of([{ id: 'day', wait: { days: 1 } }], { unless }), NOW)
    await business.happen('go', 'c0', 'c1')
    await refreshOnce(db, NOW)
    await tell()
    const told = hooks.receiver.received.map(({ body: { type, customer, data } }) => [type, customer, data.reason])
    expect(told.toSorted()).toEqual([
      ['enrolment.ended', 'c0', 'german'],
      ['enrolment.entered', 'c0', undefined],
      ['enrolment.entered', 'c1', undefined],
    ])
  })

  // the last one: what a ledger speaks of is never cleared away
  test('is told to whoever wants it, with who it is about', async () => {
    const { db } = business
    await make(WEBHOOK_EVENTS)
    const good = async (method: string, path: string, body?: unknown) => {
      const reply = await hooks.api.call(method, path, body)
      expect([path, reply.status < 300, reply.body]).toEqual([path, true, reply.body])
    }
    await automationOf(
      db,
      of([{ id: 'day', wait: { days: 1 } }], { unless: [{ id: 'x', on: { on: 'event', name: 'stop' } }] }),
      NOW,
    )
    const rule = { fact: 'tag', is: 'any_of', value: ['a'] }
    await good('post', '/segments', { id: 'tagged', name: 'Tagged', rule })
    await execute(db, 'UPDATE segments SET computed_version = version, computed_at = ?', [NOW])
    await execute(db, 'DELETE FROM segment_recomputations')
    await good('post', '/customers/tag', { customers: ['c0'], add: ['a'] })
    await refreshOnce(db, NOW)
    await good('post', '/customers/tag', { customers: ['c0'], remove: ['a'] })
    await refreshOnce(db, NOW)
    await good('post', '/customers/status', { customers: ['c1'], status: 'vip' })
    await good('put', '/suppressions/c2?channel=email', { reason: 'unsubscribed' })
    await good('put', '/suppressions/c2?channel=email', { reason: 'unsubscribed' })
    await good('delete', '/suppressions/c2?channel=email')
    const gift = {
      provider: 'p',
      customer: 'c3',
      kind: 'voucher',
      amount: 500,
      valid_from: '2026-06-01',
      valid_to: '2026-06-30',
    }
    await good('post', '/rewards', gift)
    const booking = {
      id: 'b1',
      customer: 'c3',
      provider: 'p',
      starts_at: '2026-06-10T09:00:00Z',
      minutes: 30,
      price: 900,
      state: 'attended',
    }
    await good('post', '/ingest', { bookings: [booking] })
    await good('post', '/redemptions', { booking: 'b1' })
    await good('delete', '/redemptions/b1')
    await business.happen('go', 'c0')
    await refreshOnce(db, NOW)
    await business.happen('stop', 'c0')
    const campaign = await frozenCampaign(db, { customers: ['c0'] } as never, NOW)
    const [delivery] = await rows<{ id: number; customer_id: number }>(db, 'SELECT id, customer_id FROM deliveries')
    const happened = [
      'sent',
      'delivered',
      'opened',
      'clicked',
      'bounced',
      'failed',
      'unconfirmed',
      'cancelled',
      'complained',
    ] as const
    await insertEvents(
      db,
      happened.map((type) => ({
        delivery: delivery?.id ?? 0,
        type,
        detail: {
          url: 'https://studio.test/',
          reason: type === 'cancelled' ? 'taken_out' : '550 c0@mail.test',
          class: 'bad_address',
        },
      })),
      NOW,
    )
    await insertEvents(db, [{ delivery: delivery?.id ?? 0, type: 'opened', machine: 'proxy' }], NOW)
    const question = { survey: 'why', question: 'Why?', choices: [{ answer: 'time', label: 'Time' }], clicked: 'time' }
    await recordAnswer(
      db,
      { delivery: delivery?.id ?? 0, customerId: delivery?.customer_id ?? 0, ...question } as never,
      { answer: 'time', comment: 'my own words' },
      NOW,
    )
    await good('post', '/ingest', { customers: [{ id: 'twin' }, { id: 'same' }] })
    await good('post', '/customers/same/merge', { other: 'twin' })
    await tell()
    const told = hooks.receiver.received.map(({ body: { type, customer, provider, data } }) => ({
      type,
      customer,
      provider,
      data,
    }))
    const of1 = { delivery: String(delivery?.id), campaign: String(campaign), kind: 'one_off', channel: 'email' }
    const one = (type: string) => told.filter((body) => body.type === type)
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(WEBHOOK_EVENTS))
    expect(one('segment.entered')).toEqual([
      {
        type: 'segment.entered',
        customer: 'c0',
        provider: null,
        data: { segment: 'tagged', cause: 'event', version: 1 },
      },
    ])
    expect(one('segment.left')).toHaveLength(1)
    expect(one('status.changed')).toEqual([
      expect.objectContaining({
        customer: 'c1',
        data: { from: 'lead', to: 'vip', cause: 'by_hand', rule: null, automation: null },
      }),
    ])
    // twice unsubscribed is once
    expect(one('suppression.set')).toEqual([
      expect.objectContaining({ customer: 'c2', data: { channel: 'email', kind: 'all', reason: 'unsubscribed' } }),
    ])
    expect(one('suppression.lifted')).toHaveLength(1)
    expect(one('reward.given')).toEqual([
      expect.objectContaining({
        customer: 'c3',
        provider: 'p',
        data: expect.objectContaining({ kind: 'voucher', amount: 500 }),
      }),
    ])
    expect(one('reward.used')).toEqual([
      expect.objectContaining({
        data: expect.objectContaining({ booking: 'b1', price: 900, discount: 500, minutes: 0 }),
      }),
    ])
    expect(one('reward.taken_back')[0]?.data).toMatchObject({ booking: 'b1', why: 'by_hand' })
    expect(one('enrolment.entered')[0]?.data).toMatchObject({ automation: 'automation', version: 1, cause: 'event' })
    expect(one('enrolment.ended')[0]?.data).toMatchObject({ automation: 'automation', state: 'exited', reason: 'x' })
    expect(one('delivery.clicked')).toEqual([
      expect.objectContaining({ customer: 'c0', data: { ...of1, url: 'https://studio.test/' } }),
    ])
    expect(one('delivery.bounced')[0]?.data).toEqual({ ...of1, bounce_class: 'bad_address' })
    // what a machine did is nobody's doing, and nobody's address or words are handed on
    expect(one('delivery.opened')).toHaveLength(1)
    expect(one('survey.answered')[0]?.data).toMatchObject({ survey: 'why', answer: 'time', label: 'Time' })
    expect(one('customer.merged')).toEqual([expect.objectContaining({ customer: 'same', data: { merged: 'twin' } })])
    const everything = hooks.receiver.received.map(({ text }) => text).join()
    expect(everything).not.toContain('mail.test')
    expect(everything).not.toContain('my own words')
  })
})
