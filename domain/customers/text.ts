import type { Sql } from './filter.ts'

/** A LIKE pattern for texts that begin with this one; `!` is its escape character. */
export const beginningWith = (text: string): string => `${text.replace(/[!%_]/g, '!$&')}%`

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
    const name = (order: string) => `CONCAT_WS(' ', ${order}) LIKE ? ESCAPE '!'`
    const [firstName, lastName] = [`${alias}.first_name`, `${alias}.last_name`]
    return {
      // the first word alone finds the rows by an index, the whole name then decides
      sql:
        `(${like('first_name')} OR ${like('last_name')})` +
        ` AND (${name(`${firstName}, ${lastName}`)} OR ${name(`${lastName}, ${firstName}`)}) OR ${like('username')}`,
      bindings: [beginningWith(first), beginningWith(first), whole, whole, whole],
    }
  }
  const columns = ['first_name', 'last_name', 'email', 'username']
  // ids are ASCII: no other text can begin one, and comparing would cost the index
  if (ASCII.test(first)) columns.push('external_id')
  return { sql: columns.map(like).join(' OR '), bindings: columns.map(() => whole) }
}
