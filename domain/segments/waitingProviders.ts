import { type Database, rows } from '../database.ts'

/** Providers that were named and have not arrived yet, or were deleted: what names them does not count. */
export async function waitingProviders(db: Database): Promise<number[]> {
  const found = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE known = 0')
  return found.map(({ id }) => id)
}

/** The condition on raw rows `x` that leaves out what names one of those providers. */
export function countsSql(waiting: readonly number[]): { sql: string; bindings: number[] } {
  if (waiting.length === 0) return { sql: 'TRUE', bindings: [] }
  return {
    sql: `(x.provider_id IS NULL OR x.provider_id NOT IN (${waiting.map(() => '?').join(', ')}))`,
    bindings: [...waiting],
  }
}
