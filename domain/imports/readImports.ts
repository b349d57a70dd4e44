import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { ImportKind } from './fields.ts'
import { type Choices, DEFAULT_CHOICES, type Import, type ImportState, type Reading, type Target } from './import.ts'

type Row = {
  id: number
  kind: ImportKind
  state: ImportState
  file_name: string
  size: number
  reading: string | null
  columns_found: string | null
  mapping: string | null
  choices: string | null
  historical: number
  total: number
  done: number
  made: number
  changed: number
  rejected: number
  error: string | null
  created_by: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
  file_removed_at: Date | null
}

const shown = (row: Row): Import => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  fileName: row.file_name,
  size: row.size,
  reading: fromJson<Reading>(row.reading),
  columns: fromJson<string[]>(row.columns_found) ?? [],
  mapping: fromJson<Target[]>(row.mapping) ?? [],
  choices: { ...DEFAULT_CHOICES, ...fromJson<Choices>(row.choices) },
  historical: row.historical === 1,
  total: row.total,
  done: row.done,
  made: row.made,
  changed: row.changed,
  rejected: row.rejected,
  error: row.error,
  createdBy: row.created_by,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  fileRemovedAt: row.file_removed_at,
})

/**
 * An import.
 *
 * @param hold until the transaction ends nobody else changes it
 * @throws Problem 'not_found'
 */
export async function requireImport(db: Database, id: number, { hold = false } = {}): Promise<Import> {
  const [row] = await rows<Row>(db, `SELECT * FROM imports WHERE id = ?${hold ? ' FOR UPDATE' : ''}`, [id])
  if (row === undefined) throw new Problem('not_found', `There is no import ${id}.`)
  return shown(row)
}

/** Imports, newest first; those of which only a part was uploaded are in no list. */
export async function listImports(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<Import[]> {
  const found = await rows<Row>(
    db,
    "SELECT * FROM imports WHERE state <> 'uploading' AND id < ? ORDER BY id DESC LIMIT ?",
    [before ?? Number.MAX_SAFE_INTEGER, limit],
  )
  return found.map(shown)
}
