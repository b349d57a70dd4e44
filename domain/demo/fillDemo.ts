import { dayOf } from '../../rules/time.ts'
import { installAutomations } from '../automations/gallery/installAutomations.ts'
import { type Database, execute, rows } from '../database.ts'
import { installStandardSegments } from '../segments/installStandardSegments.ts'
import { markDirty, type Pair } from '../segments/markDirty.ts'
import { refreshSegments } from '../segments/refreshSegments.ts'
import { readSettings } from '../settings/readSettings.ts'
import { installStatusAutomation } from '../statuses/installStatusAutomation.ts'
import { installGallery } from '../templates/gallery/installGallery.ts'
import { writeBrowsers } from './browsers.ts'
import { writeFavourites } from './favourites.ts'
import { Ledger } from './ledger.ts'
import { writeMailHistory } from './mailHistory.ts'
import { inventPasses } from './passes.ts'
import { inventPeople } from './people.ts'
import { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import { Calendar, inventVisits } from './visits.ts'
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
    // dice of their own: everything else is as it would be without favourites
    await writeBrowsers(trx, now)
    await writeFavourites(trx, new Random(SEED + 1), histories, calendar)
    await liveTwoWeeks(trx, new Ledger(random, histories, calendar), calendar, now)
    await writeMailHistory(trx, random, new Random(SEED + 2), histories, calendar)
    await heedSuppressions(trx, now)
    await installGallery(trx, STUDIO.language, now)
    await installAutomations(trx, STUDIO.language, now)
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

/**
 * What was known two weeks ago is loaded as history and the segments computed as of then; from there on each day brings
 * its bookings, as it would have been.
 */
async function liveTwoWeeks(trx: Database, ledger: Ledger, calendar: Calendar, now: Date): Promise<void> {
  const start = calendar.instant(-DAYS_OF_HISTORY, 6)
  const customers = await rows<{ customerId: number }>(trx, 'SELECT id AS customerId FROM customers')
  const known = await ledger.write(trx, start)
  const everybody = customers.map(({ customerId }) => ({ providerId: 0, customerId }))
  await markDirty(trx, [...known, ...everybody], 'historical', start)
  await installStatusAutomation(trx, start)
  await installStandardSegments(trx, start)
  for (let offset = 1 - DAYS_OF_HISTORY; offset <= 0; offset++) {
    const at = offset === 0 ? now : calendar.instant(offset, 6)
    await markDirty(trx, await ledger.write(trx, at), 'event', at)
    await refreshSegments(trx, at)
  }
}

/** Whom the past mails have taken off the lists leaves the segments for those who may be written to. */
async function heedSuppressions(trx: Database, now: Date): Promise<void> {
  const pairs = await rows<Pair>(
    trx,
    'SELECT DISTINCT provider_id AS providerId, customer_id AS customerId FROM suppressions',
  )
  await markDirty(trx, pairs, 'historical', now)
  await refreshSegments(trx, now)
}
