import { escapeLike } from '../escapeLike.ts'
import type { Sql } from './sql.ts'

/** A LIKE pattern for texts that begin with this one; `!` is its escape character. */
const beginningWith = (text: string): string => `${escapeLike(text)}%`

const ASCII = /^[\x20-\x7e]*$/

/**
 * The customers whose first or last name, address, user name or id begins with a text. Several words are a whole name
 * in either order. Every alternative is a search by the beginning of an indexed column. Upper and lower case and accents
 * make no difference, except in ids.
 *
 * @returns null for an empty text, which narrows nothing
 */
export function textSql(text: string | undefined, alias: string): Sql | null {
  const words = text?.trim().split(/\s+/) ?? []
  const [first] = words
  if (first === undefined || first === '') return null
  const whole = beginningWith(words.join(' '))
  const like = (column: string) => `${alias}.${column} LIKE ? ESCAPE '!'`
  if (words.length > 1) {
    const [one, rest] = [beginningWith(first), beginningWith(words.slice(1).join(' '))]
    const name = (columns: string) => `CONCAT_WS(' ', ${columns}) LIKE ? ESCAPE '!'`
    const [firstName, lastName] = [`${alias}.first_name`, `${alias}.last_name`]
    return {
      // the first word finds the rows by an index, the others then decide
      sql:
        `${like('first_name')} AND (${like('last_name')} OR ${name(`${firstName}, ${lastName}`)})` +
        ` OR ${like('last_name')} AND (${like('first_name')} OR ${name(`${lastName}, ${firstName}`)})` +
        ` OR ${like('username')}`,
      bindings: [one, rest, whole, one, rest, whole, whole],
    }
  }
  const columns = ['first_name', 'last_name', 'email', 'username']
  // ids are ASCII: no other text can begin one, and comparing would cost the index
  if (ASCII.test(first)) columns.push('external_id')
  return { sql: columns.map(like).join(' OR '), bindings: columns.map(() => whole) }
}
