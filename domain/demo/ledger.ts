import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { Pair } from '../segments/markDirty.ts'
import type { Pass } from './passes.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import type { Calendar, Visit } from './visits.ts'
import { customerId, providerId } from './writePeople.ts'

/** What one person did: positions in the lists are those of the people. */
export type History = { person: Person; visits: readonly Visit[]; passes: readonly Pass[] }

type Cell = string | number | boolean | Date | null

/** Collects rows of one table with ids and bookkeeping of their own, and writes them in the order of time. */
class Sheet {
  #rows: { at: Date; cells: Cell[] }[] = []
  #added = 0
  readonly #table: string
  readonly #prefix: string
  readonly #columns: readonly string[]

  constructor(table: string, prefix: string, columns: readonly string[]) {
    this.#table = table
    this.#prefix = prefix
    this.#columns = columns
  }

  /** @param at when the row came to be; @returns the caller's id that it got */
  add(at: Date, cells: readonly Cell[]): string {
    const externalId = `${this.#prefix}-${String(++this.#added).padStart(6, '0')}`
    this.#rows.push({ at, cells: [externalId, at, at, ...cells] })
    return externalId
  }

  /**
   * Writes what came to be up to an instant and was not written yet.
   *
   * @returns the relationships that it concerns
   */
  async write(trx: Database, until: Date): Promise<Pair[]> {
    const due = this.#rows.filter(({ at }) => at <= until).sort((a, b) => a.at.getTime() - b.at.getTime())
    this.#rows = this.#rows.filter(({ at }) => at > until)
    await insertRows(
      trx,
      this.#table,
      ['external_id', 'created_at', 'updated_at', ...this.#columns],
      due.map(({ cells }) => cells),
    )
    // every table here begins with the customer and the provider
    return due.map(({ cells }) => ({ customerId: Number(cells[3]), providerId: Number(cells[4] ?? 0) }))
  }
}

/** Bookings, memberships, payments, reviews and interactions of everybody, ready to be written as time goes by. */
export class Ledger {
  readonly #sheets: Sheets

  constructor(random: Random, histories: readonly History[], calendar: Calendar) {
    this.#sheets = emptySheets()
    histories.forEach((history, index) => {
      addPasses(this.#sheets, history, customerId(index), random, calendar)
      for (const visit of history.visits) {
        addVisit(this.#sheets, history, visit, customerId(index), random, calendar)
      }
      addInteractions(this.#sheets, history, customerId(index), random, calendar)
    })
  }

  /**
   * Writes what was known at an instant and is not written yet.
   *
   * @returns the relationships that it concerns, each once
   */
  async write(trx: Database, until: Date): Promise<Pair[]> {
    const pairs = new Map<string, Pair>()
    for (const sheet of Object.values(this.#sheets)) {
      for (const pair of await sheet.write(trx, until)) pairs.set(`${pair.providerId} ${pair.customerId}`, pair)
    }
    return [...pairs.values()]
  }
}

function emptySheets(): Sheets {
  const parties = ['customer_id', 'provider_id']
  return {
    bookings: new Sheet('bookings', 'b', [
      ...parties,
      ...['service', 'starts_at', 'starts_on', 'minutes', 'price', 'state', 'booked_at'],
    ]),
    memberships: new Sheet('memberships', 'm', [
      ...parties,
      ...['type', 'recurring', 'valid_from', 'valid_to', 'cancelled_on'],
    ]),
    payments: new Sheet('payments', 'pay', [...parties, 'amount', 'paid_at', 'paid_on']),
    reviews: new Sheet('reviews', 'r', [...parties, 'booking_external_id', 'rating', 'reviewed_at']),
    interactions: new Sheet('interactions', 'i', [...parties, 'direction', 'at', 'happened_on']),
  }
}

type Sheets = Record<'bookings' | 'memberships' | 'payments' | 'reviews' | 'interactions', Sheet>

function addPasses(sheets: Sheets, { passes }: History, customer: number, random: Random, calendar: Calendar): void {
  for (const pass of passes) {
    const [first] = pass.paidOn
    sheets.memberships.add(calendar.instant(first ?? -1, 9), [
      customer,
      null,
      pass.type,
      pass.recurring,
      pass.validFrom,
      pass.validTo,
      pass.cancelledOn,
    ])
    for (const offset of pass.paidOn) {
      const at = calendar.instant(offset, random.between(8, 20))
      sheets.payments.add(at, [customer, null, pass.price, at, calendar.day(offset)])
    }
  }
}

function addVisit(
  sheets: Sheets,
  { passes }: History,
  visit: Visit,
  customer: number,
  random: Random,
  calendar: Calendar,
): void {
  const covered = passes.some(
    ({ validFrom, validTo }) => validFrom <= visit.day && (validTo === null || visit.day <= validTo),
  )
  // advice and massage are paid for by members, too
  const price = covered && visit.service.price < 5000 ? 0 : visit.service.price
  const provider = providerId(visit.provider)
  const booking = sheets.bookings.add(visit.bookedAt, [
    customer,
    provider,
    visit.service.name,
    visit.startsAt,
    visit.day,
    visit.service.minutes,
    price,
    visit.state,
    visit.bookedAt,
  ])
  if (visit.state !== 'attended') return
  if (price > 0) {
    const paidAt = new Date(visit.startsAt.getTime() - 10 * 60_000)
    sheets.payments.add(paidAt, [customer, provider, price, paidAt, visit.day])
  }
  if (visit.offset < -1 && random.chance(0.07)) {
    const rating = random.weighted([
      [5, 58],
      [4, 28],
      [3, 9],
      [2, 3],
      [1, 2],
    ])
    const at = calendar.instant(visit.offset + 1, random.between(8, 21))
    sheets.reviews.add(at, [customer, provider, booking, rating, at])
  }
}

function addInteractions(
  sheets: Sheets,
  { person }: History,
  customer: number,
  random: Random,
  calendar: Calendar,
): void {
  const count = random.times(person.kind === 'contact' ? 0.4 : 1.6)
  for (let index = 0; index < count; index++) {
    const offset = -random.between(1, Math.max(1, -person.joined))
    const at = calendar.instant(offset, random.between(8, 21))
    sheets.interactions.add(at, [
      customer,
      null,
      random.chance(0.55) ? 'inbound' : 'outbound',
      at,
      calendar.day(offset),
    ])
  }
}
