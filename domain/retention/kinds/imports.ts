import { type Database, execute, rows } from '../../database.ts'
import { removeFiles } from '../../imports/fileParts.ts'
import type { Before } from '../periods.ts'
import { counted, countSql, type Removal } from '../removal.ts'

/** A file counts from the last thing that was done with it; one that is being taken in stays. */
const OLD = `file_removed_at IS NULL AND created_at < ? AND COALESCE(finished_at, started_at, created_at) < ? AND state <> 'running'`

/** Files that were imported, with their refused rows; and those that nobody has begun to take in. */
export const imports: Removal = {
  async count(db: Database, { at }: Before) {
    const [row] = await rows<{ count: number }>(db, countSql(`SELECT 1 FROM imports WHERE ${OLD}`), [at, at])
    return counted(row?.count ?? 0)
  },

  /** One at a time: a file has up to 64 MB. */
  async remove(trx, { at }, now) {
    const [file] = await rows<{ id: number; state: string }>(
      trx,
      `SELECT id, state FROM imports WHERE ${OLD} ORDER BY created_at, id LIMIT 1 FOR UPDATE`,
      [at, at],
    )
    if (file === undefined) return { removed: 0, more: false }
    if (file.state === 'uploading' || file.state === 'ready') {
      await execute(trx, 'DELETE FROM imports WHERE id = ?', [file.id])
    } else await removeFiles(trx, [file.id], now)
    return { removed: 1, more: true }
  },
}
