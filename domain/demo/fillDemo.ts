import { dayOf } from '../../rules/time.ts'
import { type Database, execute, rows } from '../database.ts'
import { changeSettings } from '../settings/changeSettings.ts'
import { readSettings } from '../settings/readSettings.ts'
import { writeBrowsers } from './browsers.ts'
import { writeFavourites } from './favourites.ts'
import { livePast } from './livePast.ts'
import { inventPasses } from './passes.ts'
import { inventPeople, OPENED } from './people.ts'
import { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import { Calendar, inventVisits } from './visits.ts'
import { writePeople, writeProviders } from './writePeople.ts'

/** The demo is the same for everybody on the same day. */
const SEED = 20_261_125

/**
 * Fills an empty database with a studio that looks alive: about 3,000 customers and 60,000 bookings of two years up to
 * next month, everything else that belongs to them, and segments, automations,
 * rewards and the ledger with a past.
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
    // what loyalty mails earn was agreed upon when the studio opened
    await changeSettings(trx, { loyaltyReward: { rate: 0.1, to: 'provider' } }, calendar.instant(-OPENED, 8))
    await writeProviders(trx, calendar)
    await writePeople(
      trx,
      random,
      histories.map(({ person }) => person),
      histories.map(({ visits }) => visits),
      calendar,
    )
    // dice of their own: everything else is as it would be without favourites
    await writeBrowsers(trx, now)
    await writeFavourites(trx, new Random(SEED + 1), histories, calendar)
    await livePast(trx, { random, dice: (n: number) => new Random(SEED + n), histories, calendar, now })
    return true
  })
}

async function nameBusiness(trx: Database, now: Date): Promise<void> {
  await execute(
    trx,
    `UPDATE settings SET name = ?, time_zone = ?, currency = ?, language = ?, sender_name = ?, sender_email = ?,
       bounce_domain = ?, updated_at = ?
     WHERE id = 1`,
    [
      ...[STUDIO.name, STUDIO.timeZone, STUDIO.currency, STUDIO.language],
      ...[STUDIO.senderName, STUDIO.senderEmail, STUDIO.bounceDomain, now],
    ],
  )
}
