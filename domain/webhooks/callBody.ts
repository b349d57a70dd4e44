import { type Database, fromJson, rows } from '../database.ts'

/** An event as it is told: the same bytes whenever it is tried, as long as nobody whom it is about was erased. */
export type EventBody = {
  id: string
  type: string
  at: string
  customer: string | null
  provider: string | null
  data: Record<string, unknown>
}

type Row = {
  id: number
  type: string
  at: Date
  customer: string | null
  provider: string | null
  data: string
}

/** How an event is named to others. */
export const eventName = (id: number): string => `evt_${id}`

/** Our own id of an event; null for what is none. */
export function eventId(name: string): number | null {
  const [, digits] = /^evt_(\d{1,15})$/.exec(name) ?? []
  return digits === undefined ? null : Number(digits)
}

/** What is told of events, by our own ids. */
export async function readBodies(db: Database, events: readonly number[]): Promise<Map<number, EventBody>> {
  if (events.length === 0) return new Map()
  const found = await rows<Row>(
    db,
    `SELECT e.id, e.type, e.at, e.data, c.external_id AS customer, p.external_id AS provider FROM webhook_events e
     LEFT JOIN customers c ON c.id = e.customer_id LEFT JOIN providers p ON p.id = e.provider_id WHERE e.id IN (?)`,
    [[...new Set(events)]],
  )
  return new Map(
    found.map(({ id, type, at, customer, provider, data }) => [
      id,
      { id: eventName(id), type, at: at.toISOString(), customer, provider, data: fromJson(data) ?? {} },
    ]),
  )
}

/** The headers of a call beside those of every POST; `signature` is what each try makes anew. */
export const headersOf = ({ id, type }: EventBody, signature: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Perennial',
  'idempotency-key': id,
  'perennial-event': type,
  'perennial-signature': signature,
})
