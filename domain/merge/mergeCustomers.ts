import { heardByAutomations } from '../automations/hearStatuses.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { tracesOf } from '../erasure/traces.ts'
import { remember } from '../history/remember.ts'
import { localDays } from '../ingest/instants.ts'
import { retryConflicts } from '../ingest/retryConflicts.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { holdTimeZone } from '../settings/holdTimeZone.ts'
import { noteEvents, wantedOf } from '../webhooks/noteEvents.ts'
import { mergeConsents } from './consents.ts'
import { mergeDeliveries, readdress } from './deliveries.ts'
import { mergeEnrolments } from './enrolments.ts'
import { type Choices, MERGED_FIELDS } from './fields.ts'
import { lookAtBoth, moveRows } from './moveRows.ts'
import { mergeOverrides } from './overrides.ts'
import { type Named, type Pair, readPair } from './pair.ts'
import { type Counts, type Plan, planMerge } from './plan.ts'
import { mergeSuppressions } from './suppressions.ts'

/** What a merge did. */
export type Merged = {
  id: number
  /** The caller's ids. */
  stays: string
  went: string
  counts: Counts
  by: string | null
  at: Date
  /** Whether it was done now; asked again, the answer is what was done. */
  fresh: boolean
}

/**
 * Makes two customers who are one person one, in one transaction: everything that is known of the other becomes that of the
 * one who stays, and the other's identifier leads to them from then on. Nothing takes it apart again. Refreshes wait
 * meanwhile, and look at both afterwards; the caller wakes them.
 *
 * @throws Problem as {@link readPair} does
 */
export function mergeCustomers(
  db: Database,
  named: Named,
  { choices, by }: { choices: Choices; by: string | null },
  now: Date,
): Promise<Merged> {
  return retryConflicts(() =>
    db.transaction(async (trx) => {
      // statuses are changed below; whoever holds customers must not wait for it
      await lockUpkeep(trx)
      const pair = await readPair(trx, named, true)
      if (pair === null) return readMerged(trx, named)
      const plan = await planMerge(trx, pair, choices, true)
      const traces = await tracesOf(trx, pair.goes.id)
      await mergeEnrolments(trx, pair, plan.doubles, now)
      await mergeDeliveries(trx, pair, plan.cancelled, now)
      await moveRows(trx, pair)
      await mergeConsents(trx, pair, plan.consents, by, now)
      await mergeSuppressions(trx, pair, plan.profile.email, now)
      await mergeOverrides(trx, pair, now)
      await writeStatus(trx, pair, plan, by, now)
      await writeProfile(trx, pair, plan, now)
      await emptyOther(trx, pair, now)
      await readdress(trx, pair.stays.id)
      await execute(
        trx,
        `INSERT INTO customer_merges (customer_id, went_id, went, profile, refused, counts, merged_by, merged_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          ...[pair.stays.id, pair.goes.id, pair.goes.externalId],
          JSON.stringify({ ...pair.goes.profile, status: pair.goes.status, traces }),
          plan.refused === null ? null : JSON.stringify(plan.refused),
          ...[JSON.stringify(plan.counts), by?.slice(0, 320) ?? null, now],
        ],
      )
      await lookAtBoth(trx, pair, now)
      await tellEndpoints(trx, pair, now)
      return { ...(await readMerged(trx, named)), fresh: true }
    }),
  )
}

/** A merge that was done. */
async function readMerged(db: Database, { stays, goes }: Named): Promise<Merged> {
  const [row] = await rows<{ id: number; counts: string; merged_by: string | null; merged_at: Date }>(
    db,
    `SELECT m.id, m.counts, m.merged_by, m.merged_at FROM customer_merges m JOIN customers g ON g.id = m.went_id
     WHERE g.external_id = ?`,
    [goes],
  )
  if (row === undefined) throw new Error(`The merge of ${goes} was not written`)
  const { id, merged_by: by, merged_at: at } = row
  return { id, stays, went: goes, counts: fromJson<Counts>(row.counts) as Counts, by, at, fresh: false }
}

async function writeStatus(
  trx: Database,
  { stays, goes }: Pair,
  plan: Plan,
  by: string | null,
  now: Date,
): Promise<void> {
  const { status, statusSet } = plan
  if (statusSet === null || statusSet === stays.statusSet) return
  if (status !== stays.status) {
    await remember(trx, 'customers', { sql: 'x.id = ?', bindings: [stays.id] }, now)
    await heardByAutomations(
      trx,
      () =>
        execute(
          trx,
          `INSERT INTO status_changes (customer_id, from_status, to_status, cause, changed_by, automation_id, at)
           VALUES (?, ?, ?, 'historical', ?, ?, ?)`,
          [stays.id, stays.status, status, by?.slice(0, 320) ?? null, statusSet.automation, now],
        ),
      now,
    )
  }
  await execute(
    trx,
    `UPDATE customers s JOIN customers g ON g.id = ?
     SET s.known_from = IF(s.status = g.status, s.known_from, ?), s.status_by_hand = 1, s.status_set_at = g.status_set_at,
       s.status_set_by = g.status_set_by, s.status_automation_id = g.status_automation_id WHERE s.id = ?`,
    [goes.id, now, stays.id],
  )
  await execute(trx, 'UPDATE customers SET status = ? WHERE id = ?', [status, stays.id])
}

async function writeProfile(trx: Database, { stays }: Pair, { profile, refused }: Plan, now: Date): Promise<void> {
  const dayOf = localDays(await holdTimeZone(trx))
  const cells = {
    ...Object.fromEntries(MERGED_FIELDS.map((field) => [field, profile[field]])),
    joined_on: profile.joined_at === null ? null : dayOf(profile.joined_at),
    attributes: Object.keys(profile.attributes).length === 0 ? null : sorted(profile.attributes),
  }
  const columns = Object.keys(cells)
  const before = JSON.stringify([stays.profile, sorted(stays.profile.attributes)])
  const after = JSON.stringify([{ ...profile, attributes: stays.profile.attributes }, sorted(profile.attributes)])
  if (before !== after || refused !== null) {
    await remember(trx, 'customers', { sql: 'x.id = ?', bindings: [stays.id] }, now)
    await execute(trx, 'UPDATE customers SET known_from = ? WHERE id = ?', [now, stays.id])
  }
  await execute(
    trx,
    `UPDATE customers SET ${columns.map((column) => `${column} = ?`).join(', ')}, updated_at = ? WHERE id = ?`,
    [...Object.values(cells), now, stays.id],
  )
}

/** In the form in which equal attributes are equal texts. */
const sorted = (attributes: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Of the one who went nothing stays in the list of customers but the identifier, which leads to the one who stayed. */
async function emptyOther(trx: Database, { stays, goes }: Pair, now: Date): Promise<void> {
  const nothing = [
    ...MERGED_FIELDS,
    'joined_on',
    'attributes',
    'status_set_at',
    'status_set_by',
    'status_automation_id',
  ]
  await execute(
    trx,
    `UPDATE customers SET known = 0, known_from = ?, ${nothing.map((column) => `${column} = NULL`).join(', ')},
       status = 'lead', automatic_status = 'lead', status_by_hand = 0, merged_into = ?, updated_at = ? WHERE id = ?`,
    [now, stays.id, now, goes.id],
  )
  // who went into the one who goes now leads to the one who stays at once
  await execute(trx, 'UPDATE customers SET merged_into = ? WHERE merged_into = ?', [stays.id, goes.id])
  // two pasts of one profile answer no rule: that of the one who stays is the past
  await execute(trx, 'DELETE FROM customers_history WHERE customer_id = ?', [goes.id])
}

async function tellEndpoints(trx: Database, { stays, goes }: Pair, now: Date): Promise<void> {
  if ((await wantedOf(trx, ['customer.merged'])).size === 0) return
  const data = { merged: goes.externalId }
  await noteEvents(trx, [{ type: 'customer.merged', customerId: stays.id, providerId: 0, data }], now)
}
