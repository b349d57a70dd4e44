import { type Database, execute } from '../../../domain/database.ts'
import { CAMPAIGNS } from './draw/words.ts'
import { PROVIDERS } from './history.ts'

/** Everything that a world is made of, those first that hang on others. */
const TABLES = [
  'segments',
  'rankings',
  'campaigns',
  'dirty_relationships',
  'relationships',
  'bookings',
  'memberships',
  'payments',
  'reviews',
  'interactions',
  'favourites',
  'rewards',
  'customers',
  'providers',
]

/** Empties the database for another world: its settings, its providers, its campaigns, and nobody yet. */
export async function emptyWorld(
  db: Database,
  { timeZone, waiting, now }: { timeZone: string; waiting: ReadonlySet<number>; now: Date },
): Promise<void> {
  for (const table of TABLES) await execute(db, `DELETE FROM ${table}`)
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  await execute(
    db,
    `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'Studio', ?, 'EUR', 'en', 'Studio', 'studio@studio.test', ?)
     ON DUPLICATE KEY UPDATE time_zone = VALUES(time_zone)`,
    [timeZone, now],
  )
  for (const id of PROVIDERS) {
    await execute(
      db,
      'INSERT INTO providers (id, external_id, known, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      [id, `p${id}`, !waiting.has(id), `Provider ${id}`, now, now],
    )
  }
  for (const id of CAMPAIGNS) {
    await execute(
      db,
      `INSERT INTO campaigns (id, name, kind, channel, state, criteria, subject, document, html, text, created_at)
       VALUES (?, ?, 'one_off', 'email', 'sent', '{}', '', '{}', '', '', ?)`,
      [Number(id), `Campaign ${id}`, now],
    )
  }
}
