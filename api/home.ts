import type { Database } from '../domain/database.ts'
import { readAttention } from '../domain/home/readAttention.ts'
import { readChanges } from '../domain/home/readChanges.ts'
import { readCharts } from '../domain/home/readCharts.ts'
import { momentAt } from '../domain/segments/moment.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { getAttention, getHome } from './contract/home.ts'
import { type Route, route } from './server/route.ts'

export const homeRoutes: Route[] = [
  route(getHome, async ({ query, services: { db, now } }) => {
    const provider = await providerOf(db, query.provider)
    const moment = await momentAt(db, now())
    const [changes, charts] = await Promise.all([readChanges(db, provider, moment), readCharts(db, provider, moment)])
    const { since, bookings, ...rest } = changes
    const { noShow, ...counts } = bookings
    return { since: since.toISOString(), bookings: { ...counts, no_show: noShow }, ...rest, ...charts }
  }),

  route(getAttention, async ({ query, services: { db, now } }) => ({
    items: await readAttention(db, await providerOf(db, query.provider), now()),
  })),
]

/** Our id of the provider whose home is meant: a provider's own, by `keepToOwn`, else the one that is named. */
const providerOf = async (db: Database, provider: string | undefined): Promise<number | null> =>
  provider === undefined ? null : requireProvider(db, provider, '/query/provider')
