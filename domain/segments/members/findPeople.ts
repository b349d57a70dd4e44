import { type Database, rows } from '../../database.ts'
import { mergedAmong } from '../../merge/mergedAmong.ts'

/** Customers by our own ids; what names nobody; what names more than one. */
export type People = { ids: number[]; unknown: string[]; ambiguous: string[] }

/** The identifiers in a pasted text: one on a line, or several with commas, semicolons or tabs between them; each once. */
export const identifiersIn = (text: string): string[] => [...new Set(entriesIn(text))]

/** {@link identifiersIn} as they stand, also those that stand there twice. */
export function entriesIn(text: string): string[] {
  const parts = text.split(/[\r\n,;\t]+/).map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  )
  return parts.filter((part) => part !== '')
}

export type Person = { id: number; external_id: string }
type Row = Person & { email: string | null; username: string | null; asked?: string }

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
  const named = await whoAre(db, identifiers)
  for (const identifier of identifiers) {
    const [person, another] = named.get(identifier) ?? []
    if (person === undefined) people.unknown.push(identifier)
    else if (another !== undefined) people.ambiguous.push(identifier)
    else ids.add(person.id)
  }
  people.ids = [...ids].sort((a, b) => a - b)
  return people
}

/**
 * Whom each identifier names: nobody, one customer, or several where an address or a user name is not one's own.
 *
 * @param own only customers of this provider; null for everybody's
 */
export async function whoAre(
  db: Database,
  identifiers: readonly string[],
  own: number | null = null,
): Promise<Map<string, Person[]>> {
  const named = new Map<string, Person[]>()
  for (let start = 0; start < identifiers.length; start += CHUNK) {
    const asked = identifiers.slice(start, start + CHUNK).filter((one) => one.length <= LONGEST)
    const found = new Candidates(await candidates(db, asked, own))
    for (const identifier of asked) named.set(identifier, found.named(identifier))
  }
  return named
}

async function candidates(db: Database, asked: readonly string[], own: number | null): Promise<Row[]> {
  if (asked.length === 0) return []
  const theirs =
    own === null
      ? ''
      : `EXISTS (SELECT 1 FROM relationships r WHERE r.customer_id = customers.id AND r.provider_id = ${Number(own)}) AND`
  const select = `SELECT id, external_id, email, username FROM customers WHERE known = 1 AND ${theirs}`
  // ids are ASCII: other text would not compare
  const asIds = asked.filter((one) => ASCII.test(one))
  return [
    ...(asIds.length === 0 ? [] : await rows<Row>(db, `${select} external_id IN (?)`, [asIds])),
    ...(await wentInto(db, asIds, theirs)),
    ...(await rows<Row>(db, `${select} email IN (?)`, [[...asked]])),
    ...(await rows<Row>(db, `${select} username IN (?)`, [[...asked]])),
  ]
}

/** Those who took in whom an id names. */
async function wentInto(db: Database, asIds: readonly string[], theirs: string): Promise<Row[]> {
  const into = await mergedAmong(db, asIds)
  if (into.size === 0) return []
  const sql = `SELECT id, external_id, email, username FROM customers WHERE known = 1 AND ${theirs} external_id IN (?)`
  const found = new Map((await rows<Row>(db, sql, [[...into.values()]])).map((row) => [row.external_id, row]))
  return [...into].flatMap(([asked, id]) => {
    const row = found.get(id)
    return row === undefined ? [] : [{ ...row, asked }]
  })
}

/** Customers by their ids, and by their addresses and user names in small letters. */
class Candidates {
  private readonly byId = new Map<string, Row>()
  private readonly byName = new Map<string, Map<number, Row>>()

  constructor(found: readonly Row[]) {
    for (const row of found) {
      this.byId.set(row.asked ?? row.external_id, row)
      for (const name of [row.email, row.username]) {
        if (name === null) continue
        const same = this.byName.get(name.toLowerCase()) ?? new Map<number, Row>()
        this.byName.set(name.toLowerCase(), same.set(row.id, row))
      }
    }
  }

  named(identifier: string): Person[] {
    const byId = this.byId.get(identifier)
    return byId === undefined ? [...(this.byName.get(identifier.toLowerCase())?.values() ?? [])] : [byId]
  }
}
