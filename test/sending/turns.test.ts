import { expect, test } from '@jest/globals'
import { Turns } from '../../domain/deliveries/turns.ts'

/** A provider with so many messages, each of which takes one tick. */
async function sendAll(
  turns: Turns,
  order: string[],
  sender: { name: string; providerId: number; campaign: number; urgent?: boolean },
  count: number,
) {
  const { name, providerId, campaign, urgent = false } = sender
  await Promise.all(
    Array.from({ length: count }, () =>
      turns.take({ urgent, providerId, campaign }, async () => {
        order.push(name)
        await new Promise((done) => setImmediate(done))
      }),
    ),
  )
}

test('a single message passes the thousand that came before it', async () => {
  const turns = new Turns(4)
  const order: string[] = []
  const many = sendAll(turns, order, { name: 'many', providerId: 1, campaign: 1 }, 1_000)
  const begun = order.length
  await sendAll(turns, order, { name: 'single', providerId: 2, campaign: 2, urgent: true }, 1)
  expect(order.indexOf('single')).toBeLessThanOrEqual(begun + 4)
  await many
  expect(order).toHaveLength(1_001)
})

test('a provider with three thousand messages and one with fifty take turns', async () => {
  const turns = new Turns(3)
  const order: string[] = []
  const many = sendAll(turns, order, { name: 'many', providerId: 1, campaign: 1 }, 3_000)
  const few = sendAll(turns, order, { name: 'few', providerId: 2, campaign: 2 }, 50)
  await few
  expect(order.filter((name) => name === 'many').length).toBeLessThan(70)
  await many
})

test('five campaigns of one provider get as much together as the one of another', async () => {
  const turns = new Turns(3)
  const order: string[] = []
  const five = Array.from({ length: 5 }, (_, index) =>
    sendAll(turns, order, { name: 'five', providerId: 1, campaign: 1 + index }, 200),
  )
  const one = sendAll(turns, order, { name: 'one', providerId: 2, campaign: 9 }, 100)
  await one
  const share = order.filter((name) => name === 'five').length
  expect(share).toBeGreaterThan(80)
  expect(share).toBeLessThan(125)
  await Promise.all(five)
})

test('a message that fails passes its turn on', async () => {
  const turns = new Turns(1)
  const broken = turns.take({ urgent: false, providerId: 1, campaign: 1 }, async () => {
    throw new Error('no')
  })
  await expect(broken).rejects.toThrow('no')
  expect(await turns.take({ urgent: false, providerId: 1, campaign: 1 }, async () => 'yes')).toBe('yes')
})
