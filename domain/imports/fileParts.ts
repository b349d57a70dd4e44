import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { MAX_BYTES, PART_BYTES } from './import.ts'
import { requireImport } from './readImports.ts'

/**
 * Keeps a part of a file that is being uploaded. The same part again takes the place of the one before.
 *
 * @param place counted from 0; each but the last part has {@link PART_BYTES}
 * @throws Problem 'not_found', 'conflict' when the file is complete already, 'invalid' for a part that does not belong there
 */
export async function keepPart(db: Database, id: number, place: number, bytes: Buffer): Promise<void> {
  await db.transaction(async (trx) => {
    const { state, size } = await requireImport(trx, id, { hold: true })
    if (state !== 'uploading') throw new Problem('conflict', 'The file is complete already.')
    const expected = Math.min(PART_BYTES, size - place * PART_BYTES)
    if (bytes.length !== expected) {
      const message = `Part ${place} of a file of ${size} bytes has ${Math.max(expected, 0)} bytes; these are ${bytes.length}`
      throw new Problem('invalid', message, [{ path: '/data', message }])
    }
    await execute(
      trx,
      'INSERT INTO import_parts (import_id, place, bytes) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE bytes = VALUES(bytes)',
      [id, place, bytes],
    )
  })
}

/** How many parts a file of a size has. */
export const partsOf = (size: number): number => Math.ceil(size / PART_BYTES)

/** The places of the parts that are here. */
export async function placesOf(db: Database, id: number): Promise<number[]> {
  const found = await rows<{ place: number }>(db, 'SELECT place FROM import_parts WHERE import_id = ? ORDER BY place', [
    id,
  ])
  return found.map(({ place }) => place)
}

/** The bytes of a file, part by part: no more than one is held. */
export async function* bytesOf(db: Database, { id, size }: { id: number; size: number }): AsyncGenerator<Buffer> {
  for (let place = 0; place < partsOf(Math.min(size, MAX_BYTES)); place++) {
    const [row] = await rows<{ bytes: Buffer }>(
      db,
      'SELECT bytes FROM import_parts WHERE import_id = ? AND place = ?',
      [id, place],
    )
    if (row === undefined) throw new Problem('conflict', 'The file is not kept any more.')
    yield row.bytes
  }
}

/** Removes what came in a file and what is kept of its rows; that it was taken in stays known. */
export async function removeFiles(trx: Database, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await execute(trx, 'DELETE FROM import_parts WHERE import_id IN (?)', [[...ids]])
  await execute(trx, 'DELETE FROM import_problems WHERE import_id IN (?)', [[...ids]])
  await execute(trx, 'UPDATE imports SET file_removed_at = ? WHERE id IN (?) AND file_removed_at IS NULL', [
    now,
    [...ids],
  ])
}
