import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals'
import type { Webhook } from '../../api/contract/webhooks.ts'
import { execute } from '../../domain/database.ts'
import { Telling } from '../../domain/webhooks/keepTelling.ts'
import { startApi, type TestApi } from './api.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { recordingChannel } from './sending.ts'
import { stepBusiness } from './stepBusiness.ts'

/** The small business of `stepBusiness`, its API, a system elsewhere that is told what happens, and what tells it. */
export function webhookBusiness() {
  const business = stepBusiness()
  const { clock } = business
  const { channel, taken } = recordingChannel()
  let api: TestApi
  let receiver: Receiver

  beforeAll(async () => {
    api = await startApi(business.db, undefined, () => clock.now, { privateWebhooks: true })
    receiver = await startReceiver()
  })
  afterAll(async () => {
    await api?.close()
    await receiver?.close()
  })
  beforeEach(async () => {
    for (const table of ['webhook_endpoints', 'webhook_events']) await execute(business.db, `DELETE FROM ${table}`)
    receiver.received.length = 0
    receiver.answer(() => 204)
    taken.length = 0
  })

  const telling = () =>
    new Telling({
      db: business.db,
      email: channel,
      publicUrl: 'http://studio.test',
      clock: () => clock.now,
      allowPrivate: true,
      onTrouble: (error) => {
        throw error
      },
    })

  return {
    business,
    get api(): TestApi {
      return api
    },
    get receiver(): Receiver {
      return receiver
    },
    /** Mails to the people of the business. */
    taken,
    telling,
    /** One look, with the calls that it begins. */
    async tell(teller = telling()): Promise<void> {
      await teller.look()
      await teller.settled()
    },
    /** Makes an endpoint that wants these; returns its id. */
    async make(events: readonly string[] = ['segment.entered', 'segment.left']): Promise<string> {
      const made = await api.call<Webhook>('post', '/webhooks', { name: 'CRM', url: receiver.url, events })
      expect(made.status).toBe(201)
      return made.body.id
    },
  }
}
