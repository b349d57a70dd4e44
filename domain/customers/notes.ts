import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { knownCustomer } from './knownCustomer.ts'

/** Whose notes somebody sees and changes: our id of a provider for that one's only; null for all. */
type Whose = number | null

/**
 * Writes a note on a customer.
 *
 * @returns its id
 * @throws Problem 'not_found' for a customer who is not there, or not theirs
 */
export async function addNote(
  db: Database,
  customer: string,
  { text, by }: { text: string; by: string },
  own: Whose,
  now: Date,
): Promise<number> {
  const id = await knownCustomer(db, customer, own)
  const row = { customer_id: id, provider_id: own ?? 0, text, written_by: by.slice(0, 320), created_at: now }
  const [note = 0] = await db('customer_notes').insert(row)
  return note
}

/**
 * Gives a note another text; who wrote it first stays named.
 *
 * @throws Problem 'not_found' for a note that is not there, or not theirs
 */
export async function changeNote(
  db: Database,
  { customer, note }: { customer: string; note: number },
  { text, by }: { text: string; by: string },
  own: Whose,
  now: Date,
): Promise<void> {
  await requireNote(db, customer, note, own)
  const sql = 'UPDATE customer_notes SET text = ?, edited_by = ?, edited_at = ? WHERE id = ?'
  await execute(db, sql, [text, by.slice(0, 320), now, note])
}

/** @throws Problem 'not_found' for a note that is not there, or not theirs */
export async function removeNote(db: Database, customer: string, note: number, own: Whose): Promise<void> {
  await requireNote(db, customer, note, own)
  await execute(db, 'DELETE FROM customer_notes WHERE id = ?', [note])
}

async function requireNote(db: Database, customer: string, note: number, own: Whose): Promise<void> {
  const id = await knownCustomer(db, customer, own)
  const found = await rows(
    db,
    'SELECT 1 FROM customer_notes WHERE id = ? AND customer_id = ? AND (? IS NULL OR provider_id = ?)',
    [note, id, own, own],
  )
  if (found.length === 0) throw new Problem('not_found', 'There is no such note.')
}
