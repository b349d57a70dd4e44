import { hearTags } from '../automations/hearTags.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { ingestIn } from '../ingest/ingest.ts'
import { retryConflicts } from '../ingest/retryConflicts.ts'
import { insertRows } from '../insertRows.ts'
import { markDirty } from '../segments/markDirty.ts'
import { failImport } from './changeImport.ts'
import { fileRows } from './file/fileRows.ts'
import type { FileRow, Import } from './import.ts'
import { waysOf } from './preview.ts'
import { requireImport } from './readImports.ts'
import { resolveRows } from './resolve.ts'
import { type RowItem, type RowWays, readRow } from './rowItem.ts'
import { MAX_TAGS } from './values/readCell.ts'

/** So many rows are stored in one transaction. */
const PART = 1_000

/**
 * Takes a file in to its end, part by part, each in one transaction with how far it is: whoever takes it up after a crash
 * begins after the last part that is stored. Two at once do no harm: the one that comes second sees that the part is done.
 *
 * @param onPart called after each part; what it throws ends the work, which can be taken up again
 */
export async function runImport(
  db: Database,
  id: number,
  clock: () => Date,
  onPart: () => void | Promise<void> = () => {},
): Promise<void> {
  const file = await requireImport(db, id)
  if (file.state !== 'running' || file.reading === null) return
  const ways = await waysOf(db, file, clock())
  let { done } = file
  let place = 0
  let part: FileRow[] = []
  const store = async () => {
    const stored = await storePart(db, file, { rows: part, done }, ways, clock())
    done += part.length
    part = []
    if (stored) await onPart()
    return stored
  }
  try {
    for await (const row of fileRows(db, file, file.reading)) {
      if (place++ < file.done) continue
      part.push(row)
      if (part.length === PART && !(await store())) return
    }
    if (part.length > 0 && !(await store())) return
  } catch (error) {
    // a file that can't be read to its end will not be read the next time either
    if (!(error instanceof Problem)) throw error
    await failImport(db, id, error.message, clock())
    return
  }
  await execute(db, "UPDATE imports SET state = 'done', finished_at = ? WHERE id = ? AND state = 'running'", [
    clock(),
    id,
  ])
}

/**
 * Stores one part.
 *
 * @param done how many rows were done before it
 * @returns false when somebody has cancelled it, or another one has stored this part: then there is nothing to do here
 */
async function storePart(
  db: Database,
  { id, historical, choices }: Import,
  { rows: part, done }: { rows: readonly FileRow[]; done: number },
  ways: RowWays,
  now: Date,
): Promise<boolean> {
  const read = part.map((row) => readRow(row, ways))
  return retryConflicts(() =>
    db.transaction(async (trx) => {
      const current = await requireImport(trx, id, { hold: true })
      if (current.state !== 'running' || current.done !== done) return false
      // what is noted on the rows belongs to this attempt
      const items = read.map((item) => ({ ...item, reasons: [...item.reasons] }))
      const good = items.filter(({ refused }) => !refused)
      const { batch, ambiguous, tags } = await resolveRows(trx, ways.kind, good, choices)
      for (const row of ambiguous) refuse(row, { code: 'several_customers', column: null, value: addressOf(row) })
      const { errors, made, changed } = await ingestIn(trx, { ...batch, historical }, now)
      for (const { path, message } of errors) {
        const [, kind, index] = path.split('/')
        const row = kind === ways.kind ? good[Number(index)] : undefined
        if (row !== undefined) refuse(row, { code: 'refused', column: null, value: message })
      }
      await addTags(trx, tags, { historical }, now)
      await keepProblems(trx, id, items)
      await execute(
        trx,
        'UPDATE imports SET done = ?, made = made + ?, changed = changed + ?, rejected = rejected + ? WHERE id = ?',
        [
          done + part.length,
          made[ways.kind] ?? 0,
          changed[ways.kind] ?? 0,
          items.filter(({ refused }) => refused).length,
          id,
        ],
      )
      return true
    }),
  )
}

function refuse(row: RowItem, reason: RowItem['reasons'][number]): void {
  row.reasons.push(reason)
  row.refused = true
}

const addressOf = ({ values }: RowItem) => String(values.email ?? values.customer_email ?? '').slice(0, 60)

async function keepProblems(trx: Database, id: number, items: readonly RowItem[]): Promise<void> {
  await insertRows(
    trx,
    'import_problems',
    ['import_id', 'line_number', 'stored', 'cells', 'reasons'],
    items
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ number, refused, cells, reasons }) => [
        id,
        number,
        !refused,
        JSON.stringify(cells),
        JSON.stringify(reasons),
      ]),
    // a spreadsheet may give two rows one number
    'ON DUPLICATE KEY UPDATE `stored` = VALUES(`stored`), cells = VALUES(cells), reasons = VALUES(reasons)',
  )
}

/** Puts tags on customers who are stored by now; what somebody has already stays as it is. */
async function addTags(
  trx: Database,
  tags: ReadonlyMap<string, string[]>,
  { historical }: { historical: boolean },
  now: Date,
): Promise<void> {
  if (tags.size === 0) return
  const found = await rows<{ id: number; external_id: string }>(
    trx,
    `SELECT c.id, m.external_id FROM customers m JOIN customers c ON c.id = COALESCE(m.merged_into, m.id)
     WHERE c.known = 1 AND m.external_id IN (?)`,
    [[...tags.keys()]],
  )
  const wanted = found.flatMap(({ id, external_id }) =>
    [...new Set(tags.get(external_id))].slice(0, MAX_TAGS).map((tag) => [id, tag] as const),
  )
  if (wanted.length === 0) return
  const [tagging = 0] = await trx('taggings').insert({ tagged_by: null, tagged_at: now })
  await insertRows(
    trx,
    'customer_tags',
    ['customer_id', 'tag', 'created_at', 'tagging_id'],
    wanted.map(([id, tag]) => [id, tag, now, tagging]),
    'ON DUPLICATE KEY UPDATE customer_tags.tagging_id = customer_tags.tagging_id',
  )
  const added = await rows<{ customer_id: number }>(
    trx,
    'SELECT DISTINCT customer_id FROM customer_tags WHERE tagging_id = ?',
    [tagging],
  )
  if (added.length === 0) await execute(trx, 'DELETE FROM taggings WHERE id = ?', [tagging])
  if (!historical) await hearTags(trx, tagging, now)
  const pairs = added.map(({ customer_id: customerId }) => ({ providerId: 0, customerId }))
  await markDirty(trx, pairs, historical ? 'historical' : 'event', now)
}
