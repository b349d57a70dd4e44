import { dayOf } from '../../rules/time.ts'
import { type Database, execute, rows } from '../database.ts'
import { installStandardSegments } from '../segments/installStandardSegments.ts'
import { markDirty } from '../segments/markDirty.ts'
import { refreshSegments } from '../segments/refreshSegments.ts'
import { readSettings } from '../settings/readSettings.ts'
import { inventPasses } from './passes.ts'
import { inventPeople } from './people.ts'
import { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import { Calendar, inventVisits } from './visits.ts'
import { writeFacts } from './writeFacts.ts'
import { writePeople, writeProviders } from './writePeople.ts'

/** The demo is the same for everybody on the same day. */
const SEED = 20_261_125

/** For so many days the segments have a past, so that their lines have a shape. */
const DAYS_OF_HISTORY = 14

/**
 * Fills an empty database with a studio that looks alive: about 3,000 customers and 60,000 bookings of two years up to
 * next month, everything else that belongs to them, and segments with two weeks of history.
 *
 * All in one transaction: a crash leaves the database as empty as it was.
 *
 * @returns false, and nothing is touched, when there are customers already
 */
export async function fillDemo(db: Database, now: Date): Promise<boolean> {
  return db.transaction(async (trx) => {
    // makes the row where it is missing; holding it keeps a second process from filling at the same time
    await readSettings(trx)
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    const customers = await rows(trx, 'SELECT id FROM customers LIMIT 1')
    const providers = await rows(trx, 'SELECT id FROM providers LIMIT 1')
    if (customers.length + providers.length > 0) return false

    await nameBusiness(trx, now)
    const today = dayOf(now, STUDIO.timeZone)
    const calendar = new Calendar(today)
    const random = new Random(SEED)
    const histories = inventPeople(random, today).map((person) => ({
      person,
      visits: inventVisits(random, person, calendar),
      passes: inventPasses(random, person, calendar),
    }))
    await writeProviders(trx, calendar)
    await writePeople(
      trx,
      random,
      histories.map(({ person }) => person),
      histories.map(({ visits }) => visits),
      calendar,
    )
    await writeFacts(trx, random, histories, calendar)

    await liveTwoWeeks(trx, calendar, now)
    return true
  })
}

async function nameBusiness(trx: Database, now: Date): Promise<void> {
  await execute(
    trx,
    `UPDATE settings SET name = ?, time_zone = ?, currency = ?, language = ?, sender_name = ?, sender_email = ?, updated_at = ?
     WHERE id = 1`,
    [STUDIO.name, STUDIO.timeZone, STUDIO.currency, STUDIO.language, STUDIO.senderName, STUDIO.senderEmail, now],
  )
}

/** Computes the segments as of two weeks ago, then lets the days pass. What was loaded is history, not news. */
async function liveTwoWeeks(trx: Database, calendar: Calendar, now: Date): Promise<void> {
  const start = calendar.instant(-DAYS_OF_HISTORY, 6)
  const pairs = await rows<{ providerId: number; customerId: number }>(
    trx,
    `SELECT DISTINCT provider_id AS providerId, customer_id AS customerId FROM bookings
     UNION SELECT 0 AS providerId, id AS customerId FROM customers`,
  )
  await markDirty(trx, pairs, 'historical', start)
  await installStandardSegments(trx, start)
  for (let offset = 1 - DAYS_OF_HISTORY; offset < 0; offset++) await refreshSegments(trx, calendar.instant(offset, 6))
  await refreshSegments(trx, now)
}
