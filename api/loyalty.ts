import { findByUsername, findUnsubscribed, type LoyaltyCustomer } from '../domain/campaigns/loyalty/findCustomers.ts'
import { type Loyalty, readLoyalty } from '../domain/campaigns/loyalty/readLoyalty.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { findLoyaltyCustomers, getLoyalty } from './contract/loyalty.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'

export const loyaltyRoutes: Route[] = [
  route(getLoyalty, async ({ query, services }) =>
    present(await readLoyalty(services.db, query.provider, services.now())),
  ),

  route(findLoyaltyCustomers, async ({ query, services }) => {
    const { provider, username, limit, cursor } = query
    const providerId = await requireProvider(services.db, provider, '/query/provider')
    if (username !== undefined) {
      const found = await findByUsername(services.db, providerId, { username, limit })
      return { items: found.map(presentCustomer), next: null }
    }
    const found = await findUnsubscribed(services.db, providerId, {
      after: readIdCursor(cursor) ?? 0,
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    return { items: items.map(presentCustomer), next: found.length > limit ? String(items.at(-1)?.key) : null }
  }),
]

function present({ provider, week, weekEndsAt, segments }: Loyalty) {
  return {
    provider,
    week,
    week_ends_at: weekEndsAt.toISOString(),
    segments: segments.map(({ key, name, note, members, series, mailing, next }) => ({
      id: key,
      ...{ name, note, members },
      last_days: series,
      mailing: mailing && {
        id: String(mailing.id),
        name: mailing.name,
        state: mailing.state,
        send_at: mailing.sendAt?.toISOString() ?? null,
      },
      next_at: next?.at.toISOString() ?? null,
      next_on: next?.on ?? null,
    })),
  }
}

function presentCustomer({ id, name, username, fromProvider, fromEverybody }: LoyaltyCustomer) {
  const why = (found: LoyaltyCustomer['fromProvider']) =>
    found && { reason: found.reason, source: found.source, since: found.since.toISOString() }
  return { id, name, username, from_provider: why(fromProvider), from_everybody: why(fromEverybody) }
}
