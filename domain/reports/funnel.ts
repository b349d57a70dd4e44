import { type Database, fromJson, rows } from '../database.ts'
import { type Alike, sumOf } from './countAlike.ts'

/**
 * From those who were asked for to those who clicked. `asked` = `recipients` + all left out; `recipients` = `waiting` +
 * `unconfirmed` + `sent` + `bounced` + `failed` + all cancelled. Opened and clicked is what people did; what only machines
 * did stands apart.
 */
export type Funnel = {
  asked: number
  left_out: { reason: string; count: number }[]
  recipients: number
  /** Not handed over yet. */
  waiting: number
  /** Taken over by the other side and not sent back. */
  sent: number
  delivered: number
  opened: number
  clicked: number
  unsubscribed: number
  complained: number
  bounced: number
  failed: number
  unconfirmed: number
  cancelled: { reason: string; count: number }[]
  machines: { opened: number; clicked: number }
}

/** @param alike the messages of the campaign, counted */
export async function funnelOf(db: Database, campaign: number, alike: readonly Alike[]): Promise<Funnel> {
  const among = (...states: string[]) => sumOf(alike, ({ state }) => states.includes(state))
  const recipients = sumOf(alike, () => true)
  const leftOut = await readLeftOut(db, campaign)
  return {
    asked: recipients + leftOut.reduce((sum, { count }) => sum + count, 0),
    left_out: leftOut,
    recipients,
    waiting: among('queued', 'sending'),
    sent: among('sent', 'delivered'),
    delivered: among('delivered'),
    opened: sumOf(alike, ({ opened }) => opened),
    clicked: sumOf(alike, ({ clicked }) => clicked),
    unsubscribed: sumOf(alike, ({ unsubscribed }) => unsubscribed),
    complained: sumOf(alike, ({ complained }) => complained),
    bounced: among('bounced'),
    failed: among('failed'),
    unconfirmed: among('unconfirmed'),
    cancelled: await readCancelled(db, campaign),
    machines: {
      opened: sumOf(alike, ({ machineOpened, opened }) => machineOpened && !opened),
      clicked: sumOf(alike, ({ machineClicked, clicked }) => machineClicked && !clicked),
    },
  }
}

async function readLeftOut(db: Database, campaign: number): Promise<Funnel['left_out']> {
  const sql = 'SELECT left_out FROM audiences WHERE campaign_id = ?'
  const [row] = await rows<{ left_out: string }>(db, sql, [campaign])
  const counts = fromJson<Record<string, number>>(row?.left_out ?? null) ?? {}
  return Object.entries(counts)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count)
}

function readCancelled(db: Database, campaign: number): Promise<Funnel['cancelled']> {
  return rows(
    db,
    `SELECT COALESCE(reason, '') AS reason, COUNT(*) AS count FROM deliveries
     WHERE campaign_id = ? AND state = 'cancelled' AND NOT test
     GROUP BY COALESCE(reason, '') ORDER BY count DESC, reason LIMIT 50`,
    [campaign],
  )
}
