import { createCampaign } from '../campaigns/createCampaign.ts'
import { freezeAudience } from '../campaigns/freezeAudience.ts'
import { pauseCampaign } from '../campaigns/steerCampaign.ts'
import type { Database } from '../database.ts'
import { deliver, type Living } from './engine.ts'
import { providerKey } from './writePeople.ts'

/** The second of the list, by position. */
const THEO = 1

/** A loyalty mailing that its provider has paused in the middle: some have their voucher, for others it is reserved. */
export async function leavePaused(trx: Database, living: Living): Promise<void> {
  const { now } = living
  const campaign = await createCampaign(
    trx,
    {
      criteria: { kind: 'loyalty', provider: providerKey(THEO), segment: 'loyalty-loyal' },
      content: {
        subject: 'Noon is the new evening',
        html: `<p>Hello {{ customer.first_name | default: "there" }},</p><p>there is room at noon. Your next class with me is
          <strong>four euros</strong> less.</p><p><a href="https://studio-wolkenhof.test/noon">Pick a day</a></p><p>Théo</p>`,
      },
      sendAt: null,
      reward: { kind: 'voucher', amount: 400, valid_days: 30 },
      createdBy: 'demo',
    },
    now,
  )
  await freezeAudience(trx, campaign, now)
  await deliver(trx, campaign, living, 25)
  await pauseCampaign(trx, campaign, new Date(now.getTime() + 60_000), 'demo')
}
