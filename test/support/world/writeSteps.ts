import { type Database, execute } from '../../../domain/database.ts'
import { type DirtyCause, markDirty } from '../../../domain/segments/markDirty.ts'
import { localDay } from '../naive/time.ts'
import type { Rows, Step } from './history.ts'

type Cell = string | number | boolean | Date | null

/** Writes what many histories changed, and marks it, in one transaction, as ingest does. */
export async function writeSteps(db: Database, steps: readonly Step[], now: Date, timeZone: string): Promise<void> {
  await db.transaction(async (trx) => {
    const rows = gathered(steps)
    await removeRows(trx, steps)
    for (const [table, lines] of Object.entries(tablesOf(rows, now, timeZone))) await upsert(trx, table, lines)
    for (const cause of ['event', 'historical'] satisfies DirtyCause[]) {
      const marks = steps.flatMap((step) => step.marks).filter((mark) => mark.cause === cause)
      await markDirty(trx, marks, cause, now)
    }
  })
}

/** What the steps wrote, in their order. */
function gathered(steps: readonly Step[]): Rows {
  const all = <Table extends keyof Rows>(table: Table) =>
    steps.flatMap(({ written }): Rows[Table][number][] => written[table])
  return {
    customers: all('customers'),
    bookings: all('bookings'),
    memberships: all('memberships'),
    payments: all('payments'),
    reviews: all('reviews'),
    interactions: all('interactions'),
    rewards: all('rewards'),
    favourites: all('favourites'),
    suppressions: all('suppressions'),
    deliveries: all('deliveries'),
    answers: all('answers'),
  }
}

/** The lines of each table, as its columns; where two are about the same thing, the later one counts. */
function tablesOf(rows: Rows, now: Date, timeZone: string): Record<string, Record<string, Cell>[]> {
  const times = { created_at: now, updated_at: now }
  const parties = (
    letter: string,
    one: { id: number; customer: number; provider: number | null; deleted: boolean },
  ) => ({
    id: one.id,
    external_id: `${letter}${one.id}`,
    customer_id: one.customer,
    provider_id: one.provider,
    deleted: one.deleted,
    ...times,
  })
  const dayOf = (at: Date | null) => (at === null ? null : localDay(at, timeZone))
  return {
    customers: rows.customers.map((one) => ({
      id: one.id,
      external_id: `c${one.id}`,
      known: one.known,
      gender: one.gender,
      language: one.language,
      country: one.country,
      customer_group: one.customer_group,
      aggregator: one.aggregator,
      status: one.status,
      birthdate: one.birthdate,
      joined_at: one.joinedAt,
      joined_on: dayOf(one.joinedAt),
      attributes: one.attributes === null ? null : JSON.stringify(one.attributes),
      email: one.email,
      phone: one.phone,
      ...times,
    })),
    consents: rows.customers.flatMap(({ id, consents }) =>
      Object.entries(consents).map(([channel, given]) => ({
        customer_id: id,
        channel,
        given,
        at: now,
        source: 'test',
      })),
    ),
    customer_tags: rows.customers.flatMap(({ id, tags }) =>
      tags.map((tag) => ({ customer_id: id, tag, created_at: now })),
    ),
    bookings: rows.bookings.map((one) => ({
      ...parties('b', one),
      service: one.service,
      starts_at: one.startsAt,
      starts_on: dayOf(one.startsAt),
      state: one.state,
    })),
    memberships: rows.memberships.map((one) => ({
      ...parties('m', one),
      type: one.type,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      cancelled_on: one.cancelledOn,
    })),
    payments: rows.payments.map((one) => ({
      ...parties('y', one),
      amount: one.amount,
      paid_at: one.paidAt,
      paid_on: dayOf(one.paidAt),
    })),
    reviews: rows.reviews.map((one) => ({ ...parties('r', one), rating: one.rating, reviewed_at: one.at })),
    interactions: rows.interactions.map((one) => ({
      ...parties('i', one),
      direction: one.direction,
      at: one.at,
      happened_on: dayOf(one.at),
    })),
    rewards: rows.rewards.map((one) => ({
      id: one.id,
      customer_id: one.customer,
      provider_id: one.provider,
      kind: one.kind,
      state: one.state,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      created_at: now,
    })),
    favourites: rows.favourites.map(({ customer, provider }) => ({
      customer_id: customer,
      provider_id: provider,
      created_at: now,
    })),
    suppressions: rows.suppressions.map((one) => ({
      customer_id: one.customer,
      provider_id: one.provider ?? 0,
      channel: one.channel,
      kind: one.kind,
      reason: one.reason,
      address: one.address,
      source: 'test',
      created_at: now,
    })),
    deliveries: rows.deliveries.map((one) => ({
      campaign_id: Number(one.campaign),
      customer_id: one.customer,
      test: one.test,
      channel: one.channel,
      address: 'somebody@customers.test',
      state: 'sent',
      due_at: now,
      queued_at: now,
      template_id: one.template,
      automation_id: one.automation,
      sent_at: one.sent,
      delivered_at: one.delivered,
      opened_at: one.opened,
      clicked_at: one.clicked,
      bounced_at: one.bounced,
    })),
    survey_answers: rows.answers.map((one) => ({
      id: one.id,
      customer_id: one.customer,
      survey: one.survey,
      answer: one.answer,
      question: 'Why?',
      label: one.answer,
      answered_at: one.at,
      replaced_at: one.replaced,
    })),
  }
}

async function removeRows(db: Database, steps: readonly Step[]): Promise<void> {
  const changed = steps.flatMap(({ written }) => written.customers).map(({ id }) => id)
  // a profile is written as a whole
  for (const table of changed.length === 0 ? [] : ['consents', 'customer_tags']) {
    await execute(db, `DELETE FROM ${table} WHERE customer_id IN (?)`, [changed])
  }
  for (const { removed } of steps) {
    for (const { customer, provider } of removed.favourites) {
      await execute(db, 'DELETE FROM favourites WHERE customer_id = ? AND provider_id = ?', [customer, provider])
    }
    for (const { customer, provider, channel, kind } of removed.suppressions) {
      const which = 'customer_id = ? AND provider_id = ? AND channel = ? AND kind = ?'
      await execute(db, `DELETE FROM suppressions WHERE ${which}`, [customer, provider ?? 0, channel, kind])
    }
  }
}

async function upsert(db: Database, table: string, lines: readonly Record<string, Cell>[]): Promise<void> {
  const columns = Object.keys(lines[0] ?? {})
  for (let start = 0; start < lines.length; start += 500) {
    const chunk = lines.slice(start, start + 500)
    await execute(
      db,
      `INSERT INTO ${table} (${columns.join(', ')})
       VALUES ${chunk.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}
       ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
      chunk.flatMap((line) => columns.map((column) => line[column] ?? null)),
    )
  }
}
