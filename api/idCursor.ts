import { Problem } from '../domain/errors.ts'

/**
 * Reads the cursor of a list that goes by descending id: the id of the last thing of the page before.
 *
 * @throws Problem `invalid` when it is none of ours
 */
export function readIdCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}
