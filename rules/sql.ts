/** Pieces of SQL as data: text with `?` for each value. Pure: whoever runs a statement binds the values. */

export type SqlValue = string | number | Date | null

export type Sql = { readonly text: string; readonly values: readonly SqlValue[] }

const isSql = (insert: Sql | SqlValue): insert is Sql =>
  typeof insert === 'object' && insert !== null && !(insert instanceof Date)

/** Template tag: what is inserted is either a piece of SQL, taken in as it is, or a value, which becomes a `?`. */
export function sql(parts: TemplateStringsArray, ...inserts: ReadonlyArray<Sql | SqlValue>): Sql {
  let text = parts[0] ?? ''
  const values: SqlValue[] = []
  for (const [index, insert] of inserts.entries()) {
    if (isSql(insert)) {
      text += insert.text
      values.push(...insert.values)
    } else {
      text += '?'
      values.push(insert)
    }
    text += parts[index + 1] ?? ''
  }
  return { text, values }
}

/** Text of our own (a column, a table, a number) as a piece of SQL. Never give it anything that came from outside. */
export const plain = (text: string): Sql => ({ text, values: [] })

/** The pieces with a separator between them. */
export function joined(pieces: readonly Sql[], separator: string): Sql {
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) }
}

/** `(?, ?, ?)` for `IN`; of nothing `(NULL)`, which nothing is in. */
export function listed(values: readonly SqlValue[]): Sql {
  return values.length === 0 ? plain('(NULL)') : { text: `(${values.map(() => '?').join(', ')})`, values }
}
