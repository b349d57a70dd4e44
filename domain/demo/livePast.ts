import type { Day } from '../../rules/time.ts'
import { attributeBookings } from '../attribution/attributeBookings.ts'
import { installAutomations } from '../automations/gallery/installAutomations.ts'
import { publishAutomation } from '../automations/versions/publishAutomation.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { ingest } from '../ingest/ingest.ts'
import { takeBackRedemption } from '../redemptions/takeBackRedemption.ts'
import { installStandardSegments } from '../segments/installStandardSegments.ts'
import { markDirty } from '../segments/markDirty.ts'
import { refreshSegments } from '../segments/refreshSegments.ts'
import { installStatusAutomation } from '../statuses/installStatusAutomation.ts'
import { installGallery } from '../templates/gallery/installGallery.ts'
import { actAt, handOver, refreshAt } from './engine.ts'
import { type History, Ledger } from './ledger.ts'
import { PastMailing } from './mailHistory.ts'
import { leavePaused } from './pausedMailing.ts'
import { playedServer } from './playedServer.ts'
import type { Random } from './random.ts'
import { Readers } from './readers.ts'
import { STUDIO } from './studio.ts'
import { redeemOfDay, settlePast } from './till.ts'
import type { Calendar } from './visits.ts'

/** So many days were lived through: segments have a shape, and automations people at each of their steps. */
const DAYS_LIVED = 21

/** Those that were switched on when these days began; the others of the gallery are drafts to be tried. */
const LIVE = ['welcome', 'slipping-away', 'terminating-member', 'birthday']

/** In the morning people get mail; in the evening the booking system has told what the day has brought. */
const [MORNING, EVENING] = [10 + 5 / 60, 21.5]

type Past = {
  random: Random
  /** Dice of their own, by a number. */
  dice: (n: number) => Random
  histories: readonly History[]
  calendar: Calendar
  now: Date
}

/**
 * Lets the business live its past. What was known three weeks ago is loaded as history; from there on each day goes as it
 * would have gone: the booking system tells what has happened, segments follow, automations act, mail is read or not,
 * rewards are used. All of it by the code that does so in earnest, with the clock set back, so that nothing has to be made
 * to agree. Mail goes to a server that is only played: nothing of it is in anybody's inbox.
 */
export async function livePast(trx: Database, { random, dice, histories, calendar, now }: Past): Promise<void> {
  const start = calendar.instant(-DAYS_LIVED, EVENING)
  const ledger = new Ledger(random, histories, calendar, start)
  const mailing = new PastMailing({ oneOff: random, loyalty: dice(2) }, histories, calendar)
  const readers = new Readers(dice(3))
  const till = dice(4)

  await loadHistory(trx, ledger, start)
  await mailing.write(trx, start)
  await settlePast(trx, till, (day) => eveningOf(calendar, day, -DAYS_LIVED))
  await attributePast(trx)
  await markDirty(trx, await mailing.suppress(trx, start), 'historical', start)
  await refreshSegments(trx, start)
  await switchOn(trx, start)

  const email = playedServer()
  const act = async (at: Date) => {
    await actAt(trx, { now: at, email, publicUrl: STUDIO.site })
    await readers.receive(trx)
  }
  const hearOf = async (at: Date) => {
    await mailing.write(trx, at)
    await readers.readUntil(trx, at)
    await markDirty(trx, await mailing.suppress(trx, at), 'event', at)
    await ingest(trx, ledger.news(at), at)
  }
  for (let offset = 1 - DAYS_LIVED; offset <= 0; offset++) {
    const [morning, evening] = [calendar.instant(offset, MORNING), calendar.instant(offset, EVENING)]
    if (morning < now) {
      await hearOf(morning)
      await refreshAt(trx, morning)
      await act(morning)
    }
    if (evening >= now || offset === 0) break
    await hearOf(evening)
    await redeemOfDay(trx, till, calendar.day(offset), evening)
    if (offset === -2) await takeOneBack(trx, evening)
    if (offset === -1) await leavePaused(trx, { now: calendar.instant(-1, 17), email, publicUrl: STUDIO.site })
    await act(evening)
  }
  await hearOf(now)
  for (let busy = true; busy; ) {
    await refreshAt(trx, now)
    await act(now)
    busy = (await rows(trx, 'SELECT 1 FROM dirty_relationships LIMIT 1')).length > 0
  }
  await handOver(trx, now)
}

async function loadHistory(trx: Database, ledger: Ledger, start: Date): Promise<void> {
  const customers = await rows<{ customerId: number }>(trx, 'SELECT id AS customerId FROM customers')
  const known = await ledger.write(trx, start)
  const everybody = customers.map(({ customerId }) => ({ providerId: 0, customerId }))
  await markDirty(trx, [...known, ...everybody], 'historical', start)
  await installStatusAutomation(trx, start)
  await installStandardSegments(trx, start)
}

const DAY = 86_400_000

function eveningOf(calendar: Calendar, day: Day, last: number): Date {
  const days = Math.round((Date.parse(calendar.day(last)) - Date.parse(day)) / DAY)
  return calendar.instant(last - days, EVENING)
}

/** Says which mail each booking of the past belongs to. */
async function attributePast(trx: Database): Promise<void> {
  const bookings = await rows<{ id: number }>(
    trx,
    `SELECT DISTINCT b.id FROM bookings b JOIN deliveries d ON d.customer_id = b.customer_id AND d.sent_at <= b.booked_at
     ORDER BY b.id`,
  )
  await attributeBookings(
    trx,
    bookings.map(({ id }) => id),
  )
}

/** The automations of the gallery; some of them have been at work since then. */
async function switchOn(trx: Database, start: Date): Promise<void> {
  await installGallery(trx, STUDIO.language, start)
  await installAutomations(trx, STUDIO.language, start)
  for (const key of LIVE) {
    const [draft] = await rows<{ definition: string }>(
      trx,
      `SELECT d.definition FROM automation_drafts d JOIN automations a ON a.id = d.automation_id WHERE a.\`key\` = ?`,
      [key],
    )
    const what = { definition: fromJson(draft?.definition ?? null), baseVersion: 0 }
    await publishAutomation(trx, key, what, { by: 'demo', channels: ['email'] }, start)
  }
}

/** Somebody at the desk had picked the wrong customer: the newest use is taken back. */
async function takeOneBack(trx: Database, now: Date): Promise<void> {
  const [last] = await rows<{ booking: string }>(
    trx,
    `SELECT b.external_id AS booking FROM redemptions q JOIN bookings b ON b.id = q.booking_id
     WHERE q.standing = 1 ORDER BY q.id DESC LIMIT 1`,
  )
  if (last !== undefined) await takeBackRedemption(trx, last.booking, { by: STUDIO.senderName, providerId: null }, now)
}
