import { readRevenue } from '../domain/attribution/readRevenue.ts'
import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import type { Database } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { exportLedger as toCsv } from '../domain/ledger/exportLedger.ts'
import { LEDGER_WORDS } from '../domain/ledger/exportWords.ts'
import { listEntries, readMonths, readStatement, type StatementLine } from '../domain/ledger/readLedger.ts'
import { knownProvider } from '../domain/providers/knownProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { exportLedger, getLedger, getRevenue, listMonths } from './contract/ledger.ts'
import { readIdCursor } from './idCursor.ts'
import { requireOwn } from './ownProvider.ts'
import { Download, type Route, route } from './server/route.ts'
import type { Caller } from './server/services.ts'

export const ledgerRoutes: Route[] = [
  route(getLedger, async ({ params, query, caller, services: { db } }) => {
    const { month, limit, cursor } = query
    const providerId = await findOwn(db, caller, params.id)
    const { loyaltyRewards, discounts, ...statement } = await readStatement(db, providerId, month)
    const found = await listEntries(db, providerId, month, { limit: limit + 1, before: readIdCursor(cursor) })
    const items = found.slice(0, limit)
    return {
      ...statement,
      month: month ?? null,
      totals: { discounts, loyalty_rewards: loyaltyRewards },
      items: items.map(present),
      next: found.length > limit ? String(items.at(-1)?.id) : null,
    }
  }),

  route(listMonths, async ({ params, caller, services: { db } }) => {
    const months = await readMonths(db, await findOwn(db, caller, params.id))
    const items = months.map(({ loyaltyRewards, discounts, ...rest }) => ({
      ...rest,
      ...{ discounts, loyalty_rewards: loyaltyRewards, sum: discounts + loyaltyRewards },
    }))
    return { items, next: null }
  }),

  route(exportLedger, async ({ params, query, caller, services: { db } }) => {
    const providerId = await findOwn(db, caller, params.id)
    const language = query.language ?? (await readSettings(db)).language
    const file = toCsv(db, providerId, query.month, language)
    const name = [LEDGER_WORDS[language].file, params.id.replaceAll(/[^A-Za-z0-9._-]/g, '-'), query.month]
    return new Download(`${name.filter(Boolean).join('-')}.csv`, query.bom === 'true' ? marked(file) : file)
  }),

  route(getRevenue, async ({ query: { campaign, automation }, services: { db } }) => {
    if ((campaign === undefined) === (automation === undefined)) {
      const message = 'Say whose: a campaign’s or an automation’s'
      throw new Problem('invalid', message, [{ path: '/query/campaign', message }])
    }
    return readRevenue(db, campaign === undefined ? { automation: automation ?? '' } : { campaign: Number(campaign) })
  }),
]

/** With a mark at its beginning, which comes with the first piece. */
async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let mark = BYTE_ORDER_MARK
  for await (const piece of pieces) {
    yield mark + piece
    mark = ''
  }
}

async function findOwn(db: Database, caller: Caller | null, provider: string): Promise<number> {
  const found = await knownProvider(db, provider)
  requireOwn(caller, found)
  return found
}

function present(line: StatementLine) {
  const { id, reverses, at, startsAt, rate, reward, campaign, ...rest } = line
  return {
    ...rest,
    id: String(id),
    reverses: reverses === null ? null : String(reverses),
    at: at.toISOString(),
    starts_at: startsAt.toISOString(),
    rate: rate === null ? null : rate / 1_000_000,
    reward: String(reward),
    campaign: campaign && { ...campaign, id: String(campaign.id) },
  }
}
