import { requireCustomer } from '../domain/customers/requireCustomer.ts'
import type { Database } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { quote as quoteContact } from '../domain/redemptions/quote.ts'
import { redeem as redeemBooking } from '../domain/redemptions/redeem.ts'
import { takeBackRedemption as takeBack } from '../domain/redemptions/takeBackRedemption.ts'
import { giveReward as give } from '../domain/rewards/giveReward.ts'
import { countRewards, type HeldReward, listRewards as list, type RewardFilter } from '../domain/rewards/listRewards.ts'
import { summariseRewards } from '../domain/rewards/summariseRewards.ts'
import { withdrawReward as withdraw } from '../domain/rewards/withdrawReward.ts'
import { momentAt } from '../domain/segments/moment.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { callerName } from './callerName.ts'
import {
  giveReward,
  listRewards,
  quote,
  redeem,
  rewardSummary,
  takeBackRedemption,
  withdrawReward,
} from './contract/rewards.ts'
import { readIdCursor } from './idCursor.ts'
import { ownProvider, requireOwn } from './ownProvider.ts'
import { Answer, type Route, route } from './server/route.ts'
import type { Caller } from './server/services.ts'

export const rewardRoutes: Route[] = [
  route(giveReward, async ({ body, caller, services: { db, now, workflows } }) => {
    const { provider, customer, currency, ...asked } = body
    await requireCurrency(db, currency)
    const pair = await requirePair(db, caller, { provider, customer })
    const id = await give(db, pair, asked, callerName(caller), now())
    workflows.wakeSegments()
    const { today } = await momentAt(db, now())
    const [held] = await list(db, { id }, { limit: 1, before: null }, today)
    if (held === undefined) throw new Error(`The reward ${id} was not written`)
    return present(held)
  }),

  route(listRewards, async ({ query, caller, services: { db, now } }) => {
    const { limit, cursor, state, kind, campaign, automation } = query
    const own = ownProvider(caller)
    const providerId = query.provider === undefined ? own : await requireProvider(db, query.provider, '/query/provider')
    if (providerId !== null) requireOwn(caller, providerId)
    const filter: RewardFilter = {
      providerId: providerId ?? undefined,
      customerId:
        query.customer === undefined ? undefined : await requireCustomer(db, query.customer, '/query/customer', own),
      campaign: campaign === undefined || campaign === 'none' ? campaign : Number(campaign),
      ...{ automation, kinds: kind, states: state },
    }
    const { today } = await momentAt(db, now())
    const found = await list(db, filter, { limit: limit + 1, before: readIdCursor(cursor) }, today)
    const items = found.slice(0, limit)
    return {
      items: items.map(present),
      next: found.length > limit ? String(items.at(-1)?.id) : null,
      total: await countRewards(db, filter, today),
    }
  }),

  route(rewardSummary, async ({ query, caller, services: { db, now } }) => {
    const providerId =
      query.provider === undefined ? ownProvider(caller) : await requireProvider(db, query.provider, '/query/provider')
    if (providerId !== null) requireOwn(caller, providerId)
    const { campaigns, ...sums } = await summariseRewards(db, providerId, await momentAt(db, now()))
    return {
      ...sums,
      campaigns: campaigns.map(({ campaign, ...rest }) => ({
        campaign: campaign && { ...campaign, id: String(campaign.id) },
        ...rest,
      })),
    }
  }),

  route(withdrawReward, async ({ params, caller, services: { db, now, workflows } }) => {
    await withdraw(db, Number(params.id), ownProvider(caller), now())
    workflows.wakeSegments()
  }),

  route(quote, async ({ body, caller, services: { db } }) => {
    await requireCurrency(db, body.currency)
    const pair = await requirePair(db, caller, body)
    const { starts_at, minutes, price } = body
    const found = await quoteContact(db, { ...pair, startsAt: new Date(starts_at), minutes, price })
    const { discount, freeMinutes: free_minutes, reward } = found
    return { price, discount, free_minutes, ...(reward === null ? {} : { reward }) }
  }),

  route(redeem, async ({ body, caller, services: { db, now, workflows } }) => {
    const actor = { by: callerName(caller), providerId: ownProvider(caller) }
    const { fresh, freeMinutes, redeemedAt, ...rest } = await redeemBooking(db, body.booking, actor, now())
    if (fresh) workflows.wakeSegments()
    return new Answer(fresh ? 201 : 200, { ...rest, free_minutes: freeMinutes, redeemed_at: redeemedAt.toISOString() })
  }),

  route(takeBackRedemption, async ({ params, caller, services: { db, now, workflows } }) => {
    await takeBack(db, params.booking, { by: callerName(caller), providerId: ownProvider(caller) }, now())
    workflows.wakeSegments()
  }),
]

/**
 * Our ids of a provider and a customer that a request names. A provider's user finds only their own customers.
 *
 * @throws Problem 'invalid' at `/provider` or `/customer`; 'forbidden'
 */
async function requirePair(db: Database, caller: Caller | null, named: { provider: string; customer: string }) {
  const providerId = await requireProvider(db, named.provider, '/provider')
  requireOwn(caller, providerId)
  return { providerId, customerId: await requireCustomer(db, named.customer, '/customer', ownProvider(caller)) }
}

async function requireCurrency(db: Database, asked: string | undefined): Promise<void> {
  if (asked === undefined) return
  const { currency } = await readSettings(db)
  if (asked === currency) return
  const message = `Amounts are in the business’s currency, ${currency}`
  throw new Problem('invalid', message, [{ path: '/currency', message }])
}

function present(reward: HeldReward) {
  const { id, minutesUsed, campaign, givenBy, createdAt, usedAt, ...rest } = reward
  return {
    ...rest,
    id: String(id),
    minutes_used: minutesUsed,
    campaign: campaign && { ...campaign, id: String(campaign.id) },
    given_by: givenBy,
    created_at: createdAt.toISOString(),
    used_at: usedAt?.toISOString() ?? null,
  }
}
