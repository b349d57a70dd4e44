import { type Database, rows } from '../../database.ts'

/** Customers by our own ids; what names nobody; what names more than one. */
export type People = { ids: number[]; unknown: string[]; ambiguous: string[] }

/** The identifiers in a pasted text: one on a line, or several with commas, semicolons or tabs between them; each once. */
export function identifiersIn(text: string): string[] {
  const parts = text.split(/[\r\n,;\t]+/).map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  )
  return [...new Set(parts.filter((part) => part !== ''))]
}

type Row = { id: number; external_id: string; email: string | null; username: string | null }

const ASCII = /^[\x20-\x7e]*$/
const CHUNK = 1_000
const LONGEST = 320

/**
 * Looks customers up by the caller's id, an address or a user name. An id goes before the others; an address or user name
 * that several have names none of them. Upper and lower case make no difference, except in ids.
 */
export async function findPeople(db: Database, identifiers: readonly string[]): Promise<People> {
  const people: People = { ids: [], unknown: [], ambiguous: [] }
  const ids = new Set<number>()
  for (let start = 0; start < identifiers.length; start += CHUNK) {
    const asked = identifiers.slice(start, start + CHUNK)
    const found = await candidates(
      db,
      asked.filter((one) => one.length <= LONGEST),
    )
    for (const identifier of asked) {
      const named = whoIs(identifier, found)
      if (named.length === 0) people.unknown.push(identifier)
      else if (named.length > 1) people.ambiguous.push(identifier)
      else for (const id of named) ids.add(id)
    }
  }
  people.ids = [...ids].sort((a, b) => a - b)
  return people
}

async function candidates(db: Database, asked: readonly string[]): Promise<Row[]> {
  if (asked.length === 0) return []
  const select = 'SELECT id, external_id, email, username FROM customers WHERE known = 1 AND'
  // ids are ASCII: other text would not compare
  const asIds = asked.filter((one) => ASCII.test(one))
  return [
    ...(asIds.length === 0 ? [] : await rows<Row>(db, `${select} external_id IN (?)`, [asIds])),
    ...(await rows<Row>(db, `${select} email IN (?)`, [[...asked]])),
    ...(await rows<Row>(db, `${select} username IN (?)`, [[...asked]])),
  ]
}

function whoIs(identifier: string, found: readonly Row[]): number[] {
  const byId = found.find(({ external_id }) => external_id === identifier)
  if (byId !== undefined) return [byId.id]
  const lower = identifier.toLowerCase()
  const named = found.filter(({ email, username }) => [email, username].some((value) => value?.toLowerCase() === lower))
  return [...new Set(named.map(({ id }) => id))]
}
