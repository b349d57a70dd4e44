import { currentTracing } from './tracing.ts'

type Done = (error: { code?: string } | null, ...rest: unknown[]) => void
type Command = { once(event: 'end' | 'error', heard: (error?: { code?: string }) => void): unknown }
type Connection = { query(...args: unknown[]): Command }

/** As much of a statement is told; rules over many facts have longer ones. */
const LONGEST = 2_000

/**
 * From now on each statement of a connection that is a part of something is a span: its text with placeholders, never a
 * value. What nothing is waiting for, such as looking every two seconds whether something is to be done, is left out.
 *
 * @param server where the database is, as attributes
 */
export function traceQueries(connection: object, server: Record<string, string | number>): void {
  const traced = connection as Connection
  const query = traced.query
  traced.query = function (this: Connection, ...args: unknown[]): Command {
    const tracing = currentTracing()
    if (tracing?.active() === undefined) return query.apply(this, args)
    const sql = textOf(args[0])
    const { name, verb, table } = nameOf(sql)
    const span = tracing.start(name, {
      kind: 'client',
      attributes: {
        ...server,
        'db.system.name': 'mysql',
        'db.operation.name': verb,
        ...(table === undefined ? {} : { 'db.collection.name': table }),
        'db.query.text': withoutLiterals(sql).slice(0, LONGEST),
      },
    })
    const ended: Done = (error, found) => {
      if (error) span.fail(error.code ?? 'Error')
      else if (Array.isArray(found)) span.set({ 'db.response.returned_rows': found.length })
      span.end()
    }
    const done = args.at(-1)
    if (typeof done === 'function') {
      const both: Done = (...answer) => {
        ended(...answer)
        ;(done as Done)(...answer)
      }
      return query.apply(this, [...args.slice(0, -1), both])
    }
    const command = query.apply(this, args)
    command.once('error', (error) => ended(error ?? {}))
    command.once('end', () => ended(null))
    return command
  }
}

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { sql?: unknown }).sql ?? '')

/** The verb and the first table, by which statements of one kind are found. */
export function nameOf(sql: string): { name: string; verb: string; table: string | undefined } {
  const verb = (/^[\s(]*(\w+)/.exec(sql)?.[1] ?? 'SQL').toUpperCase()
  const [, , table] = /\b(FROM|INTO|UPDATE|JOIN|TABLE)\s+`?([a-z_]\w*)/i.exec(sql) ?? []
  return { name: table === undefined ? verb : `${verb} ${table}`, verb, table }
}

/** Values travel apart from the text. Should one stand in it all the same, only words such as the name of a state are told. */
export const withoutLiterals = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/'(?:[^'\\]|\\.|'')*'/g, (literal) => (/^'[a-z_]{0,24}'$/.test(literal) ? literal : '?'))
