import { type Database, execute } from '../../../domain/database.ts'
import { type DirtyCause, markDirty } from '../../../domain/segments/markDirty.ts'
import { localDay } from '../naive.ts'
import type { Step } from './world.ts'

type Cell = string | number | boolean | Date | null

async function upsert(db: Database, table: string, columns: readonly string[], rows: readonly Cell[][]): Promise<void> {
  for (let start = 0; start < rows.length; start += 1_000) {
    const chunk = rows.slice(start, start + 1_000)
    await execute(
      db,
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${chunk.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ')}
       ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
      chunk.flat(),
    )
  }
}

const latest = <Row extends { id: number }>(rows: readonly Row[]) => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
]

/** Writes what many histories changed, and marks it, in one transaction, as ingest does. */
export async function writeSteps(db: Database, steps: readonly Step[], now: Date, timeZone: string): Promise<void> {
  await db.transaction(async (trx) => {
    const profiles = latest(steps.flatMap(({ customers }) => customers))
    await upsert(
      trx,
      'customers',
      [
        'id',
        'external_id',
        'known',
        'gender',
        'language',
        'country',
        'customer_group',
        'aggregator',
        'status',
        'created_at',
        'updated_at',
      ],
      profiles.map((one) => [
        one.id,
        `c${one.id}`,
        one.known,
        one.gender,
        one.language,
        one.country,
        one.customer_group,
        one.aggregator,
        one.status,
        now,
        now,
      ]),
    )
    await upsert(
      trx,
      'bookings',
      [
        'id',
        'external_id',
        'customer_id',
        'provider_id',
        'service',
        'starts_at',
        'starts_on',
        'state',
        'deleted',
        'created_at',
        'updated_at',
      ],
      latest(steps.flatMap(({ bookings }) => bookings)).map((one) => [
        one.id,
        `b${one.id}`,
        one.customer,
        one.provider,
        one.service,
        one.startsAt,
        localDay(one.startsAt, timeZone),
        one.state,
        one.deleted,
        now,
        now,
      ]),
    )
    await upsert(
      trx,
      'memberships',
      [
        'id',
        'external_id',
        'customer_id',
        'provider_id',
        'type',
        'valid_from',
        'valid_to',
        'cancelled_on',
        'deleted',
        'created_at',
        'updated_at',
      ],
      latest(steps.flatMap(({ memberships }) => memberships)).map((one) => [
        one.id,
        `m${one.id}`,
        one.customer,
        one.provider,
        one.type,
        one.validFrom,
        one.validTo,
        one.cancelledOn,
        one.deleted,
        now,
        now,
      ]),
    )
    for (const cause of ['event', 'historical'] satisfies DirtyCause[]) {
      const marks = steps.flatMap((step) => step.marks).filter((mark) => mark.cause === cause)
      await markDirty(trx, marks, cause, now)
    }
  })
}
