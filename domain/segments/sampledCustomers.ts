import { EVERYBODY, type Population } from '../../rules/compile/population.ts'
import { type Database, rows } from '../database.ts'

/** How many stretches of ids a sample has, and how many ids each of them spans. */
const STRETCHES = 24
const SPAN = 400

/**
 * Some customers that stand for all: stretches of ids, spread evenly, so that old and new customers are among them. The
 * same ones each time, so that two estimates of nearly the same rule can be compared. Everybody where there are not many.
 *
 * @returns who, and what part of all they are
 */
export async function sampledCustomers(
  db: Database,
): Promise<{ population: Exclude<Population, { kind: 'listed' | 'picked' }>; share: number }> {
  const [row] = await rows<{ first: number | null; last: number | null }>(
    db,
    'SELECT MIN(id) AS first, MAX(id) AS last FROM customers',
  )
  const first = row?.first ?? 0
  const count = (row?.last ?? 0) - first + 1
  if (count <= STRETCHES * SPAN * 2) return { population: EVERYBODY, share: 1 }
  const ranges = Array.from({ length: STRETCHES }, (_, index) => {
    const from = first + Math.floor((index * (count - SPAN)) / (STRETCHES - 1))
    return { from, to: from + SPAN - 1 }
  })
  const share = (STRETCHES * SPAN) / count
  return { population: { kind: 'sampled', ranges, share }, share }
}
