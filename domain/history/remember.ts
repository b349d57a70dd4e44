import { REMEMBERED, type RememberedTable } from '../../rules/compile/asOfTables.ts'
import { type Database, execute } from '../database.ts'

/** A condition on rows `x` of a table. */
type Which = { sql: string; bindings: readonly (string | number | readonly (string | number)[])[] }

/** What a row of one of ours is called in its history, where that is not its own name for it. */
const OWN_ID = { customers: 'x.id AS customer_id', providers: 'x.id AS provider_id' } as const

/**
 * Keeps rows as they stand, before they are changed or removed in the same transaction: rules that are asked as of an
 * instant before `until` go on reading them. What was never known for any time leaves no trace.
 *
 * @param until when they ceased to be what is known
 */
export async function remember(trx: Database, table: RememberedTable, which: Which, until: Date): Promise<void> {
  await execute(
    trx,
    `${keeping(table)} ? FROM ${table} x WHERE ${which.sql} AND COALESCE(${REMEMBERED[table].since} < ?, TRUE)
     ${AGAIN}`,
    [until, ...(which.bindings as never[]), until],
  )
}

/** One row that changes, by the columns that tell it from others, with when it ceased to be what is known. */
export type Ceased = { key: Readonly<Record<string, string | number>>; until: Date }

const CHUNK = 500

/**
 * {@link remember} for rows that each ceased at an instant of its own; one that is before the row was known at all leaves
 * no trace of it.
 *
 * @param ceased all with the same columns in their keys
 */
export async function rememberEach(trx: Database, table: RememberedTable, ceased: readonly Ceased[]): Promise<void> {
  const columns = Object.keys(ceased[0]?.key ?? {})
  const one = `SELECT ${columns.map((column) => `? AS ${column}`).join(', ')}, CAST(? AS DATETIME(3)) AS until`
  for (let start = 0; start < ceased.length; start += CHUNK) {
    const chunk = ceased.slice(start, start + CHUNK)
    await execute(
      trx,
      `${keeping(table)} u.until FROM (${chunk.map(() => one).join(' UNION ALL ')}) u
       JOIN ${table} x ON ${columns.map((column) => `x.${column} = u.${column}`).join(' AND ')}
       WHERE COALESCE(${REMEMBERED[table].since} < u.until, TRUE) ${AGAIN}`,
      chunk.flatMap(({ key, until }) => [...columns.map((column) => key[column] ?? null), until]),
    )
  }
}

/** Two changes at one instant leave what was there before the first. */
const AGAIN = 'ON DUPLICATE KEY UPDATE known_to = VALUES(known_to)'

function keeping(table: RememberedTable): string {
  const own = table === 'customers' || table === 'providers' ? [OWN_ID[table]] : []
  const columns = REMEMBERED[table].columns.map((column) => `x.${column}`)
  const names = [...own, ...columns].map((column) => column.replace(/^.* AS |^x\./, ''))
  const selected = [...own, ...columns, REMEMBERED[table].since].join(', ')
  return `INSERT INTO ${table}_history (${names.join(', ')}, known_from, known_to) SELECT ${selected},`
}
