import { type Database, execute, rows } from '../../database.ts'
import { emptyDeliveries, emptyOwnMessages } from '../../erasure/emptyDeliveries.ts'
import { PENDING } from '../pending.ts'
import type { Before } from '../periods.ts'
import { counted, countSql, type Removal } from '../removal.ts'

const BATCH = 500

type Place = { at: Date; id: number }
type Row = Place & { state: string; campaign: number }

const AFTER = 'queued_at >= ? AND queued_at < ? AND (queued_at > ? OR id > ?)'

/** Up to which message everything has been emptied. */
async function readPlace(db: Database): Promise<Place> {
  const [place] = await rows<Place>(db, "SELECT at, id FROM retention_places WHERE kind = 'messages'")
  return place ?? { at: new Date(0), id: 0 }
}

const bindings = (place: Place, { at }: Before) => [place.at, at, place.at, place.id]

/**
 * To whom a message went, what servers and people said about it, and the text of one that was written to one person alone.
 * That it was sent and what became of it stays.
 */
export const messages: Removal = {
  async count(db, before) {
    const place = await readPlace(db)
    const sql = `SELECT 1 FROM deliveries WHERE ${AFTER} AND address <> '' AND state NOT IN (?)`
    const [fresh] = await rows<{ count: number }>(db, countSql(sql), [...bindings(place, before), [...PENDING]])
    const [late] = await rows<{ count: number }>(
      db,
      `SELECT COUNT(*) AS count FROM retention_kept_back k JOIN deliveries d ON d.id = k.delivery_id
       WHERE d.address <> '' AND d.state NOT IN (?)`,
      [[...PENDING]],
    )
    return counted((fresh?.count ?? 0) + (late?.count ?? 0))
  },

  async remove(trx, before) {
    const late = await rows<Row>(
      trx,
      `SELECT d.id, d.state, d.campaign_id AS campaign FROM retention_kept_back k JOIN deliveries d ON d.id = k.delivery_id
       WHERE d.state NOT IN (?) ORDER BY d.id LIMIT ${BATCH}`,
      [[...PENDING]],
    )
    if (late.length > 0) {
      await execute(trx, 'DELETE FROM retention_kept_back WHERE delivery_id IN (?)', [late.map(({ id }) => id)])
      return { removed: await empty(trx, late), more: true }
    }
    const place = await readPlace(trx)
    const part = await rows<Row>(
      trx,
      `SELECT id, queued_at AS at, state, campaign_id AS campaign FROM deliveries
       WHERE ${AFTER} ORDER BY queued_at, id LIMIT ${BATCH}`,
      bindings(place, before),
    )
    const last = part.at(-1)
    if (last === undefined) return removeCopies(trx, before)
    const pending = part.filter(({ state }) => PENDING.some((one) => one === state))
    if (pending.length > 0) {
      const marks = pending.map(() => '(?)').join(', ')
      await execute(
        trx,
        `INSERT IGNORE INTO retention_kept_back (delivery_id) VALUES ${marks}`,
        pending.map(({ id }) => id),
      )
    }
    await execute(
      trx,
      `INSERT INTO retention_places (kind, at, id) VALUES ('messages', ?, ?)
       ON DUPLICATE KEY UPDATE at = VALUES(at), id = VALUES(id)`,
      [last.at, last.id],
    )
    return {
      removed: await empty(
        trx,
        part.filter((row) => !pending.includes(row)),
      ),
      more: true,
    }
  },
}

/** @returns how many had an address */
async function empty(trx: Database, part: readonly Row[]): Promise<number> {
  if (part.length === 0) return 0
  const ids = part.map(({ id }) => id)
  await emptyOwnMessages(trx, [...new Set(part.map(({ campaign }) => campaign))])
  return emptyDeliveries(trx, { sql: 'd.id IN (?)', bindings: [ids] })
}

/** Copies in the local inbox, where there is one: they come in the order of their ids. */
async function removeCopies(trx: Database, { at }: Before) {
  const old = await rows<{ id: number }>(
    trx,
    `SELECT id FROM inbox_mails WHERE received_at < ? ORDER BY id LIMIT 100`,
    [at],
  )
  if (old.length > 0) await execute(trx, 'DELETE FROM inbox_mails WHERE id IN (?)', [old.map(({ id }) => id)])
  return { removed: 0, more: old.length > 0 }
}
