import { pendingMigrations } from '../../migrations/pending.ts'
import type { Services } from './services.ts'

type Part = { up: boolean; detail?: string }
export type Health = { database: Part; schema: Part; temporal: Part; worker: Part }

/** A part that has not answered by then counts as not reachable. */
const PATIENCE_MS = 2_500

/**
 * Whether the parts that everything needs can be reached now, and the schema is at least the one that this version works with.
 * Never throws, and takes 2.5 s at most.
 */
export async function checkHealth({ db, workflows }: Pick<Services, 'db' | 'workflows'>): Promise<Health> {
  const [pending, { temporal, worker }] = await Promise.all([
    within<string[] | null>(pendingMigrations(db), null),
    within(workflows.health(), { temporal: false, worker: false }),
  ])
  return {
    database: part(pending !== null, 'The database does not answer'),
    schema: part(pending?.length === 0, schemaDetail(pending)),
    temporal: part(temporal, 'Temporal does not answer'),
    worker: part(worker, temporal ? 'No worker is polling' : 'Not known while Temporal does not answer'),
  }
}

const schemaDetail = (pending: readonly string[] | null): string =>
  pending === null ? 'Not known while the database does not answer' : `Not migrated yet: ${pending.join(', ')}`

const part = (up: boolean, detail: string): Part => (up ? { up } : { up, detail })

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}
