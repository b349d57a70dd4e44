import { type Database, rows } from '../database.ts'
import { readSurroundings, type Surroundings } from '../segments/surroundings.ts'

/**
 * The surroundings of an evaluation as of a past instant: who had not arrived then. Segments are asked for by the rules
 * that they have now; rankings are drawn up anew, for those that are kept are of now.
 */
export async function surroundingsAsOf(db: Database, at: Date): Promise<Surroundings> {
  const { segments } = await readSurroundings(db)
  return { segments, rankings: new Map(), waitingProviders: await providersWaitingAt(db, at) }
}

/** Providers that had not arrived at an instant, or had left. One that never left was there from the beginning. */
async function providersWaitingAt(db: Database, at: Date): Promise<number[]> {
  const found = await rows<{ id: number }>(
    db,
    `SELECT p.id FROM providers p WHERE NOT CASE
       WHEN p.known_from > ? THEN EXISTS (SELECT 1 FROM providers_history h
         WHERE h.provider_id = p.id AND COALESCE(h.known_from, '1000-01-01') <= ? AND h.known_to > ?)
       ELSE p.known END`,
    [at, at, at],
  )
  return found.map(({ id }) => id)
}
