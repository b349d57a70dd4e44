import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { entriesIn, whoAre } from '../segments/members/findPeople.ts'

/** As many as a campaign takes. */
const MOST = 100_000
/** Of what names nobody, or several, so many are told. */
const TOLD = 1_000

type Line = { line: number; text: string }

/** Whom a pasted list names, by the caller's ids in the list's order; what it says besides, with its line. */
export type ReadList = {
  customers: string[]
  /** How often somebody was named again. */
  twice: number
  unknown: Line[]
  unknownCount: number
  ambiguous: Line[]
  ambiguousCount: number
}

/**
 * Reads a pasted list of customers: identifiers, user names or addresses, on lines of their own or with commas,
 * semicolons or tabs between them.
 *
 * @param own only customers of this provider are known; null for everybody's
 * @throws Problem `invalid` for more than 100,000 entries
 */
export async function readList(db: Database, text: string, own: number | null = null): Promise<ReadList> {
  const entries = entriesOf(text)
  if (entries.length > MOST) {
    const message = `A list may have ${MOST} entries, this one has ${entries.length}`
    throw new Problem('invalid', message, [{ path: '/text', message }])
  }
  const named = await whoAre(db, [...new Set(entries.map((entry) => entry.text))], own)
  const customers = new Set<string>()
  const list: ReadList = { customers: [], twice: 0, unknown: [], unknownCount: 0, ambiguous: [], ambiguousCount: 0 }
  for (const entry of entries) {
    const [person, another] = named.get(entry.text) ?? []
    if (person === undefined) {
      list.unknownCount += 1
      if (list.unknown.length < TOLD) list.unknown.push(entry)
    } else if (another !== undefined) {
      list.ambiguousCount += 1
      if (list.ambiguous.length < TOLD) list.ambiguous.push(entry)
    } else if (customers.has(person.external_id)) list.twice += 1
    else customers.add(person.external_id)
  }
  return { ...list, customers: [...customers] }
}

/** The entries of a text with their lines, counted from 1. */
function entriesOf(text: string): Line[] {
  const entries: Line[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const entry of entriesIn(line)) entries.push({ line: index + 1, text: entry })
  }
  return entries
}
