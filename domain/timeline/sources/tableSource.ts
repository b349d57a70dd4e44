import { type Database, rows } from '../../database.ts'
import { withMerged } from '../../merge/mergedAmong.ts'
import type { Source } from '../source.ts'

type Found = { id: number; at: Date; provider: string | null } & Record<string, unknown>

/**
 * A source that reads rows `x` of one table.
 *
 * @param from the table as `x`, with what is joined to it
 * @param id a number that tells entries of one instant apart, where the table's own does not
 * @param customer the column of whose it is
 * @param merged also what stays attributed to those who went into the customer
 * @param at the column of the instant, and `columns` what is shown beside it, as SQL by their names
 * @param provider SQL for the name of the provider whom it was with, and `providerId` for our id of them
 */
export function tableSource(
  kind: string,
  {
    from,
    at,
    columns,
    id = 'x.id',
    customer: whose = 'x.customer_id',
    merged = false,
    provider = 'NULL',
    providerId = 'NULL',
    where = 'TRUE',
  }: Readonly<Record<'from' | 'at', string>> & {
    readonly columns: Readonly<Record<string, string>>
    readonly id?: string
    readonly customer?: string
    readonly merged?: boolean
    readonly provider?: string
    readonly providerId?: string
    readonly where?: string
  },
): Source {
  const selected = Object.entries(columns).map(([name, sql]) => `${sql} AS \`${name}\``)
  return {
    kind,
    async read(db: Database, customer, before, limit, own) {
      const ids = merged ? await withMerged(db, customer) : [customer]
      const found = await rows<Found>(
        db,
        `SELECT ${id} AS id, ${at} AS at, ${provider} AS provider, ${selected.join(', ')} FROM ${from}
         WHERE ${whose} IN (?) AND ${where} ${own === null ? '' : `AND ${providerId} = ${Number(own)}`} AND (${at} < ? OR ${at} = ? AND ${id} < ?)
         ORDER BY ${at} DESC, ${id} DESC LIMIT ?`,
        [ids, before.at, before.at, before.id, limit],
      )
      return found.map(({ id: number, at: instant, provider: name, ...detail }) => ({
        id: number,
        at: instant,
        provider: name,
        detail,
      }))
    },
  }
}

/** Whom a row was with. */
export const WITH_PROVIDER = 'LEFT JOIN providers p ON p.id = x.provider_id'
export const PROVIDER_NAME = 'COALESCE(p.name, p.external_id)'
