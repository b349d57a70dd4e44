import { microseconds } from './instants.ts'
import type { Placed, Thing } from './items.ts'
import type { Change, Readers, Row, ThingTable } from './table.ts'

type ItemError = { index: number; field: string | null; message: string }

export type Merged = {
  /** Things that stand otherwise than before, one each, in the order of their ids. */
  changes: Change[]
  /** The things that items were applied to, as they stand now, changed by it or not. */
  touched: Row[]
  /** Items that were taken in or that a newer version had already overtaken. */
  taken: number
  errors: ItemError[]
}

/**
 * Applies items in their order to the things as they stand: pure, and the only place that knows what "left out", null,
 * `deleted` and `updated_at` mean.
 *
 * @param stored the things by external id, as they stand; it is changed in step with the items
 */
export function mergeItems<Item extends Thing>(
  table: ThingTable<Item>,
  stored: Map<string, Row>,
  items: readonly Placed<Item>[],
  read: Readers,
): Merged {
  const before = new Map<string, Row | null>()
  const errors: ItemError[] = []
  for (const { index, item } of items) {
    const current = stored.get(item.id) ?? null
    const version = item.updated_at === undefined ? null : microseconds(item.updated_at)
    if (current !== null && isOlder(version, current.version)) continue
    const error = refusal(table, current, item)
    if (error !== null) {
      errors.push({ index, ...error })
      continue
    }
    let after: Row | null
    try {
      after = apply(table, current, item, version, read)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      errors.push({ index, field: 'attributes', message: error.message })
      continue
    }
    if (after === null) continue
    if (!before.has(item.id)) before.set(item.id, current)
    stored.set(item.id, after)
  }
  const changes: Change[] = []
  const touched: Row[] = []
  for (const id of [...before.keys()].sort()) {
    const after = stored.get(id)
    if (after === undefined) continue
    touched.push(after)
    const change = { before: before.get(id) ?? null, after }
    if (differs(change.before, after)) changes.push(change)
  }
  return { changes, touched, taken: items.length - errors.length, errors }
}

/** An item without a version is never older; nor is any item older than a thing of which no version is known. */
const isOlder = (version: string | null, stored: string | null) =>
  version !== null && stored !== null && version < stored

function refusal<Item extends Thing>(table: ThingTable<Item>, current: Row | null, item: Item) {
  if (item.deleted === true || current?.alive === true) return null
  const missing = table.required.find((field) => item[field] === undefined)
  if (missing === undefined) return null
  return {
    field: missing,
    message: `A new ${table.singular} needs ${table.required.join(', ')}; there is none with the id ${item.id} yet`,
  }
}

/** The thing after an item; null when there is nothing to keep: a deletion, without a version, of what is not there. */
function apply<Item extends Thing>(
  table: ThingTable<Item>,
  current: Row | null,
  item: Item,
  version: string | null,
  read: Readers,
): Row | null {
  const row = { id: current?.id ?? null, externalId: item.id, version: version ?? current?.version ?? null }
  if (item.deleted === true) {
    if (current === null && version === null) return null
    return { ...row, alive: false, cells: tombstone(table, current) }
  }
  const base = current?.alive === true ? current.cells : nothingSaid(table)
  const cells = { ...base }
  for (const [column, cell] of Object.entries(table.cells(item, read, base))) {
    if (cell !== undefined) cells[column] = cell
  }
  return { ...row, alive: true, cells }
}

/** A deleted fact keeps whom it was between and when; a deleted customer or provider keeps nothing but the id. */
const tombstone = <Item extends Thing>(table: ThingTable<Item>, current: Row | null) =>
  current === null || table.alive.column === 'known' ? nothingSaid(table) : current.cells

const nothingSaid = <Item extends Thing>(table: ThingTable<Item>) => ({ ...table.blank, ...table.beside })

function differs(before: Row | null, after: Row): boolean {
  return before === null || before.version !== after.version || meansOther(before, after)
}

/** Whether two states of a thing differ in more than the version: only then is anybody concerned by the change. */
export function meansOther(before: Row, after: Row): boolean {
  if (before.alive !== after.alive) return true
  return Object.entries(after.cells).some(([column, cell]) => {
    const other = before.cells[column] ?? null
    return cell instanceof Date && other instanceof Date ? cell.getTime() !== other.getTime() : cell !== other
  })
}
