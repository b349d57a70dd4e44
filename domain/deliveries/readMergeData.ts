import { type Database, fromJson, rows } from '../database.ts'
import { formatBooking } from '../messages/formatBooking.ts'
import { formatReward, type RewardRow } from '../messages/formatReward.ts'
import type { MergeData } from '../messages/mergeTags.ts'
import { type MailLanguage, mailLanguage } from '../messages/words.ts'
import type { Settings } from '../settings/readSettings.ts'

/** Whom a message goes to; a delivery that is none yet has the id 0. */
export type MergeRecipient = { id: number; customer_id: number }

/** What a message to somebody is filled with, and in which language its own words are. */
export type Recipient = { data: MergeData; language: MailLanguage }

/** Reads a whole batch at once. Who is not there any more is left out. */
export type MergeReader = (batch: readonly MergeRecipient[], now: Date) => Promise<Map<number, Recipient>>

type Sender = {
  settings: Settings
  /** 0 for the whole business. */
  providerId: number
}

/**
 * Reads what the merge tags of a message need, and nothing that it does not ask for: one statement for each kind of thing
 * and batch, however many customers are in it.
 *
 * @param liquid everything of the message that has merge tags
 */
export async function mergeReader(
  db: Database,
  { settings, providerId }: Sender,
  liquid: readonly string[],
): Promise<MergeReader> {
  const asks = (group: string) => liquid.some((text) => text.includes(`${group}.`))
  const provider = asks('provider') && providerId !== 0 ? await readProvider(db, providerId) : null
  const [booking, reward] = [asks('next_booking'), asks('reward')]
  return async (batch, now) => {
    if (batch.length === 0) return new Map()
    const ids = [...new Set(batch.map(({ customer_id }) => customer_id))]
    const people = await readPeople(db, ids)
    const bookings = booking ? await readBookings(db, ids, providerId, now) : new Map<number, BookingRow>()
    const rewards = reward ? await readRewards(db, batch) : new Map<number, RewardRow>()
    const found = new Map<number, Recipient>()
    for (const { id, customer_id } of batch) {
      const person = people.get(customer_id)
      if (person === undefined) continue
      const language = mailLanguage(person.language, settings.language)
      const next = bookings.get(customer_id)
      const own = rewards.get(id)
      found.set(id, {
        language,
        data: {
          customer: { ...person, attributes: fromJson<Record<string, string>>(person.attributes) ?? {} },
          business: { name: settings.name, email: settings.senderEmail },
          provider,
          nextBooking: next === undefined ? null : formatBooking(next, language, settings.timeZone),
          reward: own === undefined ? null : formatReward(own, language, settings.currency),
        },
      })
    }
    return found
  }
}

type Person = {
  id: number
  first_name: string | null
  last_name: string | null
  email: string | null
  username: string | null
  phone: string | null
  language: string | null
  birthdate: string | null
  joined_on: string | null
  status: string
  attributes: string | null
}

async function readPeople(db: Database, ids: readonly number[]): Promise<Map<number, Person>> {
  const found = await rows<Person>(
    db,
    `SELECT id, first_name, last_name, email, username, phone, language, birthdate, joined_on, status, attributes
     FROM customers WHERE id IN (?)`,
    [[...ids]],
  )
  return new Map(found.map((person) => [person.id, person]))
}

async function readProvider(db: Database, id: number): Promise<{ name: string | null; email: string | null } | null> {
  const [found] = await rows<{ name: string | null; email: string | null }>(
    db,
    'SELECT name, email FROM providers WHERE id = ?',
    [id],
  )
  return found ?? null
}

type BookingRow = {
  customer_id: number
  starts_at: Date
  service: string | null
  minutes: number | null
  provider: string | null
}

/** The first booking of each customer that has not started; a provider's message speaks of bookings with them only. */
async function readBookings(
  db: Database,
  ids: readonly number[],
  providerId: number,
  now: Date,
): Promise<Map<number, BookingRow>> {
  const found = await rows<BookingRow>(
    db,
    `SELECT n.customer_id, n.starts_at, n.service, n.minutes, p.name AS provider FROM (
       SELECT b.customer_id, b.starts_at, b.service, b.minutes, b.provider_id,
         ROW_NUMBER() OVER (PARTITION BY b.customer_id ORDER BY b.starts_at, b.id) AS place
       FROM bookings b WHERE b.customer_id IN (?) AND b.starts_at > ? AND NOT b.deleted AND b.state = 'booked'
         ${providerId === 0 ? '' : 'AND b.provider_id = ?'}
     ) n LEFT JOIN providers p ON p.id = n.provider_id WHERE n.place = 1`,
    [[...ids], now, ...(providerId === 0 ? [] : [providerId])],
  )
  return new Map(found.map((booking) => [booking.customer_id, booking]))
}

/** What each message brings. */
async function readRewards(db: Database, batch: readonly MergeRecipient[]): Promise<Map<number, RewardRow>> {
  const ids = batch.map(({ id }) => id).filter((id) => id > 0)
  if (ids.length === 0) return new Map()
  const found = await rows<RewardRow & { delivery_id: number }>(
    db,
    `SELECT delivery_id, kind, amount, percent, minutes, valid_from, valid_to FROM rewards
     WHERE delivery_id IN (?) AND state <> 'given_back'`,
    [ids],
  )
  return new Map(found.map((reward) => [reward.delivery_id, reward]))
}
