import { type Database, rows } from '../database.ts'

/** What the nights have removed of what was past its period. */
export type RetentionFigures = {
  /** When the last one that ended did; null before the first. */
  finishedAt: Date | null
  /** Of the nights that are still listed, by kind. */
  removed: { kind: string; count: number }[]
}

/** Reads two small tables: a line for each night and kind. */
export async function readRetention(db: Database): Promise<RetentionFigures> {
  const [last] = await rows<{ at: Date | null }>(
    db,
    "SELECT finished_at AS at FROM retention_runs WHERE state = 'done' ORDER BY id DESC LIMIT 1",
  )
  const removed = await rows<{ kind: string; count: number }>(
    db,
    'SELECT kind, SUM(removed) AS count FROM retention_removals GROUP BY kind ORDER BY kind',
  )
  return { finishedAt: last?.at ?? null, removed }
}
