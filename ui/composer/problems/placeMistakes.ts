/** Where on the page a mistake belongs. */
export type Place =
  | { kind: 'subject' }
  /** A node of the message, by its child indexes from the top; empty for the message as a whole. */
  | { kind: 'document'; path: number[] }
  | { kind: 'recipients' }
  | { kind: 'elsewhere' }

/** A mistake that the server found, with its place on the page. */
export type PlacedMistake = { place: Place; message: string }

const RECIPIENTS = ['segment', 'customers', 'filter', 'provider']

/** Finds the place of a JSON Pointer into what was sent: `/content/subject`, `/content/document/content/2/…`. */
export function placeOf(path: string): Place {
  const parts = path.split('/').slice(1)
  if (parts[0] === 'body') parts.shift()
  if (parts[0] === 'content' && (parts[1] === 'subject' || parts[1] === 'document')) parts.shift()
  if (parts[0] === 'subject') return { kind: 'subject' }
  if (parts[0] === 'document') return { kind: 'document', path: indexesOf(parts.slice(1)) }
  return { kind: RECIPIENTS.includes(parts[0] ?? '') ? 'recipients' : 'elsewhere' }
}

/** `content/2/content/0/marks/…` → [2, 0]: what is below a node belongs to the node. */
function indexesOf(parts: readonly string[]): number[] {
  const indexes: number[] = []
  for (let at = 0; parts[at] === 'content' && /^\d+$/.test(parts[at + 1] ?? ''); at += 2)
    indexes.push(Number(parts[at + 1]))
  return indexes
}

/** Gives each mistake its place. */
export function placeMistakes(mistakes: readonly { path: string; message: string }[]): PlacedMistake[] {
  return mistakes.map(({ path, message }) => ({ place: placeOf(path), message }))
}
