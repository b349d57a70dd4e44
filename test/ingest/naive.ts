import type { Kind } from '../../domain/ingest/items.ts'

/** What a thing is to a caller: its fields as they were last given. */
type Fields = Record<string, unknown>
type Stored = { fields: Fields | null; version: number | null }
export type NaiveItem = { id: string; deleted?: boolean; updated_at?: string } & Fields

const REQUIRED: Record<Kind, string[]> = {
  customers: [],
  providers: [],
  bookings: ['customer', 'starts_at'],
  memberships: ['customer', 'valid_from'],
  payments: ['customer', 'amount', 'paid_at'],
  reviews: ['customer', 'rating', 'created_at'],
  interactions: ['customer', 'direction', 'at'],
}
const DEFAULTS: Partial<Record<Kind, Fields>> = { bookings: { state: 'booked' }, memberships: { recurring: false } }

/** Ingest as the contract's sentences say it, in memory, one item after the other: the oracle of the real one. */
export class NaiveStore {
  readonly #things = new Map<string, Stored>()

  /** Returns whether the item was taken. */
  take(kind: Kind, { id, deleted, updated_at, ...fields }: NaiveItem): boolean {
    const key = `${kind} ${id}`
    const stored = this.#things.get(key) ?? { fields: null, version: null }
    const version = updated_at === undefined ? null : Date.parse(updated_at)
    if (version !== null && stored.version !== null && version < stored.version) return true
    if (deleted) {
      if (stored.fields !== null || version !== null) {
        this.#things.set(key, { fields: null, version: version ?? stored.version })
      }
      return true
    }
    if (stored.fields === null && REQUIRED[kind].some((field) => fields[field] === undefined)) return false
    const merged: Fields = { ...(stored.fields ?? DEFAULTS[kind]) }
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) merged[field] = value
    this.#things.set(key, { fields: merged, version: version ?? stored.version })
    return true
  }

  /** The things that are there, by "kind id", without fields that are null. */
  state(): Record<string, Fields> {
    const state: Record<string, Fields> = {}
    for (const [key, { fields }] of this.#things) {
      if (fields === null) continue
      state[key] = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
    }
    return state
  }
}
