import type { KnownValue } from '../../rules/catalogue.ts'
import { type Database, fromJson, rows } from '../database.ts'

/** So many of the newest customers that have attributes are looked at: a name that none of them has is not in use. */
const LOOKED_AT = 1_000
const MOST_NAMES = 200
const MOST_VALUES = 50

type Seen = { count: number; types: Map<string, number>; texts: Map<string, number> }

/**
 * The attributes in use: each name with the type of most of its values, and the texts among them, commonest first. With
 * how many customers have them where all customers were looked at; of more than that only that they exist.
 */
export async function knownAttributes(db: Database): Promise<KnownValue[]> {
  const found = await rows<{ attributes: string }>(
    db,
    `SELECT attributes FROM customers WHERE attributes IS NOT NULL ORDER BY id DESC LIMIT ${LOOKED_AT}`,
  )
  const names = new Map<string, Seen>()
  for (const { attributes } of found) {
    for (const [name, value] of Object.entries(fromJson<Record<string, unknown>>(attributes) ?? {})) {
      const type = typeOf(value)
      if (type === null) continue
      const seen = names.get(name) ?? { count: 0, types: new Map(), texts: new Map() }
      names.set(name, seen)
      seen.count += 1
      seen.types.set(type, (seen.types.get(type) ?? 0) + 1)
      if (type === 'text') seen.texts.set(String(value), (seen.texts.get(String(value)) ?? 0) + 1)
    }
  }
  const all = found.length < LOOKED_AT
  const known = (value: string, count: number): KnownValue => (all ? { value, count } : { value })
  return commonest(names, ({ count }) => count, MOST_NAMES).map(([name, { count, types, texts }]) => {
    const [type] = commonest(types, (times) => times, 1)[0] ?? []
    const values = commonest(texts, (times) => times, MOST_VALUES).map(([text, times]) => known(text, times))
    return { ...known(name, count), ...(type === undefined ? {} : { type }), ...(values.length > 0 ? { values } : {}) }
  })
}

/** The type of an attribute's value, as the operators of the fact have it; null for what is none. */
function typeOf(value: unknown): 'text' | 'number' | 'boolean' | 'date' | null {
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean'
  if (typeof value !== 'string') return null
  return /^\d{4}-(0[1-9]|1[0-2])-[0-3]\d$/.test(value) ? 'date' : 'text'
}

const commonest = <Value>(found: ReadonlyMap<string, Value>, count: (value: Value) => number, most: number) =>
  [...found].sort(([, a], [, b]) => count(b) - count(a)).slice(0, most)
