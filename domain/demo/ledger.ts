import type { Day } from '../../rules/time.ts'
import { startOfDay } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import type { Batch, Items, Kind } from '../ingest/items.ts'
import { insertRows } from '../insertRows.ts'
import type { Pair } from '../segments/markDirty.ts'
import type { Pass } from './passes.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import type { Calendar, Visit } from './visits.ts'
import { customerId, customerKey, providerId, providerKey } from './writePeople.ts'

/** What one person did: positions in the lists are those of the people. */
export type History = { person: Person; visits: readonly Visit[]; passes: readonly Pass[] }

type Cell = string | number | boolean | Date | null
/** The columns before those of the sheet: the caller's id, and when the row came to be and was changed. */
const BOOKKEEPING = 3
/** Places of columns that change. */
const [STATE, VALID_TO] = [7, 5]

type Fact = Exclude<Kind, 'customers' | 'providers'>

/** Collects rows of one table with ids and bookkeeping of their own, and gives them out in the order of time. */
class Sheet {
  #rows: { at: Date; cells: Cell[] }[] = []
  #added = 0
  readonly kind: Fact
  readonly #prefix: string
  readonly #columns: readonly string[]

  constructor(kind: Fact, prefix: string, columns: readonly string[]) {
    this.kind = kind
    this.#prefix = prefix
    this.#columns = columns
  }

  /** @param at when the row came to be; @returns the caller's id that it got */
  add(at: Date, cells: readonly Cell[]): string {
    const externalId = `${this.#prefix}-${String(++this.#added).padStart(6, '0')}`
    this.#rows.push({ at, cells: [externalId, at, at, ...cells] })
    return externalId
  }

  /** Changes the row that was added last. @param column its place among the columns */
  amend(column: number, ...cells: readonly Cell[]): void {
    this.#rows.at(-1)?.cells.splice(BOOKKEEPING + column, cells.length, ...cells)
  }

  /** Takes out what came to be up to an instant. */
  #take(until: Date): { at: Date; cells: Cell[] }[] {
    const due = this.#rows.filter(({ at }) => at <= until).sort((a, b) => a.at.getTime() - b.at.getTime())
    this.#rows = this.#rows.filter(({ at }) => at > until)
    return due
  }

  /**
   * Writes what came to be up to an instant.
   *
   * @returns the relationships that it concerns
   */
  async write(trx: Database, until: Date): Promise<Pair[]> {
    const due = this.#take(until)
    await insertRows(
      trx,
      this.kind,
      ['external_id', 'created_at', 'updated_at', ...this.#columns],
      due.map(({ cells }) => cells),
    )
    // every table here begins with the customer and the provider
    return due.map(({ cells }) => ({ customerId: Number(cells[3]), providerId: Number(cells[4] ?? 0) }))
  }

  /** What came to be up to an instant, as the booking system tells it. */
  items(until: Date): Thing[] {
    return this.#take(until).map(({ cells: [id, , , customer, provider, ...rest] }) => {
      const fields = this.#columns.slice(2).flatMap((column, n) => {
        const field = column in FIELDS ? FIELDS[column] : column
        const cell = rest[n] ?? null
        return field == null ? [] : [[field, cell instanceof Date ? cell.toISOString() : cell] as const]
      })
      return {
        id: String(id),
        customer: customerKey(Number(customer) - 1),
        provider: provider == null ? null : providerKey(Number(provider) - 1),
        ...Object.fromEntries(fields),
      }
    })
  }
}

type Thing = { id: string } & Record<string, unknown>

/** What columns are called where they arrive; null: the days that follow from an instant. */
const FIELDS: Readonly<Record<string, string | null>> = {
  starts_on: null,
  paid_on: null,
  happened_on: null,
  booked_at: 'created_at',
  reviewed_at: 'created_at',
  booking_external_id: 'booking',
  cancelled_on: 'cancelled_at',
}

/** Something that was said before turns out otherwise: a booking is attended, a membership cancelled. */
type Turn = { at: Date; kind: 'bookings' | 'memberships'; item: Thing }

/** Bookings, memberships, payments, reviews and interactions of everybody, ready to be told as time goes by. */
export class Ledger {
  readonly #sheets: Sheets
  #turns: Turn[] = []

  /** @param known up to here all is history; what came after is told when it happened */
  constructor(random: Random, histories: readonly History[], calendar: Calendar, known: Date) {
    this.#sheets = emptySheets()
    const later = (turn: Turn): boolean => {
      if (turn.at > known) this.#turns.push(turn)
      return turn.at > known
    }
    histories.forEach((history, index) => {
      addPasses(this.#sheets, history, customerId(index), random, calendar, later)
      for (const visit of history.visits) {
        addVisit(this.#sheets, history, visit, customerId(index), random, calendar, later)
      }
      addInteractions(this.#sheets, history, customerId(index), random, calendar)
    })
  }

  /**
   * Writes what was known at an instant.
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

  /** What has happened up to an instant and was not told yet, in its order. */
  news(until: Date): Batch {
    const turned = this.#turns.filter(({ at }) => at <= until).sort((a, b) => a.at.getTime() - b.at.getTime())
    this.#turns = this.#turns.filter(({ at }) => at > until)
    const batch: Batch = {}
    for (const sheet of Object.values(this.#sheets)) {
      const turns = turned.filter(({ kind }) => kind === sheet.kind).map(({ item }) => item)
      const items = [...sheet.items(until), ...turns]
      if (items.length > 0) place(batch, sheet.kind, items)
    }
    return batch
  }
}

function place<K extends Fact>(batch: Batch, kind: K, things: readonly Thing[]): void {
  batch[kind] = things.map((item, index) => ({ index, item: item as unknown as Items[K] })) as Batch[K]
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

/** @returns whether it is told later: until then things are as they were before */
type Later = (turn: Turn) => boolean

/** In the middle of a day, when somebody at the desk has written it down. */
const noonOf = (day: Day): Date => new Date(startOfDay(day, STUDIO.timeZone).getTime() + 12 * HOUR)

const HOUR = 3_600_000

function addPasses(
  sheets: Sheets,
  { passes }: History,
  customer: number,
  random: Random,
  calendar: Calendar,
  later: Later,
): void {
  for (const pass of passes) {
    const [first] = pass.paidOn
    const made = calendar.instant(first ?? -1, 9)
    const { validTo, cancelledOn } = pass
    const row = (to: Day | null, cancelled: Day | null) =>
      sheets.memberships.add(made, [customer, null, pass.type, pass.recurring, pass.validFrom, to, cancelled])
    const at = cancelledOn === null ? made : new Date(Math.max(noonOf(cancelledOn).getTime(), made.getTime() + HOUR))
    const id = row(pass.recurring && cancelledOn !== null ? null : validTo, null)
    const item = { id, valid_to: validTo, cancelled_at: cancelledOn }
    if (cancelledOn !== null && !later({ at, kind: 'memberships', item }))
      sheets.memberships.amend(VALID_TO, validTo, cancelledOn)
    for (const offset of pass.paidOn) {
      const at = calendar.instant(offset, random.between(8, 20))
      sheets.payments.add(at, [customer, null, pass.price, at, calendar.day(offset)])
    }
  }
}

/** When what became of a booking is known: after it, or, where it was cancelled, some time before. */
function turnsOut({ state, startsAt, bookedAt, service, offset }: Visit): Date {
  if (state !== 'cancelled') return new Date(startsAt.getTime() + service.minutes * 60_000)
  if (offset > 0) return new Date(bookedAt.getTime() + 2 * HOUR)
  return new Date((bookedAt.getTime() + startsAt.getTime()) / 2)
}

function addVisit(
  sheets: Sheets,
  { passes }: History,
  visit: Visit,
  customer: number,
  random: Random,
  calendar: Calendar,
  later: Later,
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
    'booked',
    visit.bookedAt,
  ])
  const { state } = visit
  if (state !== 'booked' && !later({ at: turnsOut(visit), kind: 'bookings', item: { id: booking, state } }))
    sheets.bookings.amend(STATE, state)
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
