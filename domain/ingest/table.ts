import type { Thing } from './items.ts'

/** What stands in one column of a row; days and versions are text, booleans 0 and 1. */
export type Cell = string | number | Date | null

/** The cells of a row by column; undefined where an item leaves the cell as it is. */
export type Cells = Record<string, Cell>
export type GivenCells = Record<string, Cell | undefined>

/** What turns the values of an item into cells. */
export type Readers = {
  /** The instant of the request. */
  now: Date
  /** An instant; undefined stays undefined, null null. */
  instant<Value extends string | null | undefined>(value: Value): Date | Exclude<Value, string>
  /** The local day of an instant. */
  dayOf<Value extends string | null | undefined>(value: Value): string | Exclude<Value, string>
  /** Our numeric id of the customer or provider that an item names; known or not. */
  customer<Value extends string | null | undefined>(value: Value): number | Exclude<Value, string>
  provider<Value extends string | null | undefined>(value: Value): number | Exclude<Value, string>
}

/** How one kind of thing lies in its table. */
export type ThingTable<Item extends Thing> = {
  name: 'customers' | 'providers' | 'bookings' | 'memberships' | 'payments' | 'reviews' | 'interactions'
  /** What a message calls one of them. */
  singular: string
  /** The column that says whether the thing is there, and its values for yes and no. */
  alive: { column: 'known' | 'deleted'; yes: 0 | 1; no: 0 | 1 }
  /** Fields without which a new thing is refused. */
  required: readonly (keyof Item & string)[]
  /**
   * The cells of a thing of which nothing was said: all data columns. What a required field would fill means nothing
   * here; it stands only in the row of a thing that was deleted before it arrived.
   */
  blank: Cells
  /** Cells that lie in another table: neither read nor written with the row. */
  beside?: Cells
  /** The cells that an item gives, on top of those that stand there. */
  cells(item: Item, read: Readers, current: Cells): GivenCells
}

/** A thing as it stands in its table, or will stand there. */
export type Row = {
  /** null: not in the table yet */
  id: number | null
  externalId: string
  alive: boolean
  /** The newest `updated_at` that was taken in, as `microseconds` writes it; null when none was given. */
  version: string | null
  cells: Cells
}

/** A thing that a request changed. */
export type Change = { before: Row | null; after: Row }

/** The columns of every thing in the order in which they are read and written. */
export const columnsOf = <Item extends Thing>(table: ThingTable<Item>): string[] => [
  'external_id',
  table.alive.column,
  'source_updated_at',
  ...Object.keys(table.blank),
]
