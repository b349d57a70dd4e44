import { Problem } from '../domain/errors.ts'
import type { SuppressionKind } from '../domain/suppressions/kinds.ts'
import { listSuppressions as list, readSuppression, type Suppression } from '../domain/suppressions/listSuppressions.ts'
import {
  type SuppressionChannel,
  type SuppressionKey,
  type SuppressionReason,
  suppress as suppressCustomer,
  suppressionKey,
  unsuppress as unsuppressCustomer,
} from '../domain/suppressions/suppress.ts'
import { callerName } from './callerName.ts'
import { listSuppressions, suppress, unsuppress } from './contract/suppressions.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

export const suppressionRoutes: Route[] = [
  route(listSuppressions, async ({ query, caller, services }) => {
    const { limit, cursor } = query
    const after = cursor === undefined ? null : readCursor(cursor)
    const { suppressions, total } = await list(services.db, { limit: limit + 1, after, own: ownProvider(caller) })
    const page = suppressions.slice(0, limit)
    const last = page.at(-1)
    const more = suppressions.length > limit && last !== undefined
    return { items: page.map(present), next: more ? writeCursor(last.key) : null, total }
  }),

  route(suppress, async ({ params, query, body, caller, services }) => {
    const own = ownProvider(caller)
    const key = await suppressionKey(services.db, { ...query, customer: params.customer }, own)
    if (own !== null) refuseReason(body?.reason)
    const why = { reason: body?.reason ?? 'by_hand', source: body?.source ?? callerName(caller) } as const
    await suppressCustomer(services.db, key, why, services.now())
    services.workflows.wakeSegments()
    const made = await readSuppression(services.db, key)
    if (made === null) throw new Problem('conflict', 'Somebody else lifted this at the same moment')
    return present(made)
  }),

  route(unsuppress, async ({ params, query, caller, services }) => {
    const key = await suppressionKey(services.db, { ...query, customer: params.customer }, ownProvider(caller))
    await unsuppressCustomer(services.db, key, services.now())
    services.workflows.wakeSegments()
  }),
]

/** What mail servers and mailbox providers say is not a provider's to say. */
function refuseReason(reason: SuppressionReason | undefined): void {
  if (reason !== 'bounced' && reason !== 'complained') return
  const message = 'Allowed are unsubscribed, by_hand'
  throw new Problem('invalid', message, [{ path: '/reason', message }])
}

const writeCursor = ({ customerId, providerId, channel, kind }: SuppressionKey) =>
  `${customerId}.${providerId}.${channel}.${kind}`

function readCursor(cursor: string): SuppressionKey {
  const [, customerId, providerId, channel, kind] =
    /^(\d{1,15})\.(\d{1,15})\.(email|sms|push)\.(all|one_off|loyalty|automation)$/.exec(cursor) ?? []
  if (kind === undefined) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
  }
  return {
    customerId: Number(customerId),
    providerId: Number(providerId),
    channel: channel as SuppressionChannel,
    kind: kind as SuppressionKind,
  }
}

function present({ customer, provider, channel, kind, reason, source, since }: Suppression) {
  return { customer, provider, channel, kind, reason, source, since: since.toISOString() }
}
