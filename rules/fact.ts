import type { z } from 'zod'
import type { Condition, Scope } from './rule.ts'
import type { Sql } from './sql.ts'
import type { RawTable } from './tables.ts'
import type { Day } from './time.ts'

/** What bounds a value, for controls that say so before anything is sent. */
export type Limits = {
  /** Of a number; of each part of a range. */
  readonly min?: number
  readonly max?: number
  readonly whole?: boolean
  /** Of a text: characters, and a regular expression that it matches. */
  readonly longest?: number
  readonly shape?: string
  /** Of a list: entries. */
  readonly most?: number
  /** Of a length of time: the largest number of each unit. */
  readonly units?: Readonly<Record<'days' | 'weeks' | 'months', number>>
}

/** A kind of parameter or value: what is allowed, in words for whoever got it wrong, and how the canvas asks for it. */
export type Kind<Value = unknown> = {
  readonly schema: z.ZodType<Value>
  /** Ends the sentence “Allowed is …”. */
  readonly allowed: string
  /** The control of the canvas that edits it. */
  readonly input: string
  readonly choices?: readonly string[]
  readonly limits?: Limits
  /** The values are codes of a standard that have names in every language. */
  readonly codesOf?: 'language' | 'region'
}

/** `usual` is what holds where it is left out, for one that means something even then. */
export type Parameter = {
  readonly label: string
  readonly kind: Kind
  readonly required?: boolean
  readonly usual?: string
}

/**
 * `value` is null for an operator that takes none. `type` is the type of what it compares, for a fact whose values have
 * several (attributes); operators without one go with each.
 */
export type Operator = { readonly label: string; readonly value: Kind | null; readonly type?: string }

/** What a fact compiles against: the moment, the scope, and the columns that it asks for. */
export type Context = {
  readonly now: Date
  /** The local day of `now`. */
  readonly today: Day
  readonly scope: Scope
  /** The first instant of a local day. */
  startOf(day: Day): Date
  /** A column of `customers`. */
  customer(column: string): Sql
  /** A column of the rollup `relationships`; null when everything is to be read from raw rows. */
  rollup(column: string): Sql | null
  /**
   * An aggregate over the raw rows of each customer (in scope provider: with this provider); `x` is the row.
   *
   * @param since left out when every row may count; rows before that day do not matter to it
   */
  aggregate(table: RawTable, expression: Sql, since?: Since): Sql
  /** Whether a suppression `q` of the whole business, or in scope provider of this provider, is there; 0 or 1. */
  suppressed(which: Sql): Sql
  /** Whether a customer is in a segment, with when that may change by time alone where it can be known. */
  segment(key: string): Omit<Compiled, 'value'>
  /** The N-th largest number of a ranking (`rankingOf`) among those that are more than nothing; 0 when there are fewer. */
  threshold(ranking: Condition, top: number): Sql
}

/** Rows `x` from a day on: the day, and the condition that says so. */
export type Since = { readonly day: Day; readonly rows: Sql }

/** The raw rows that decide a condition, for explanations: which rows `x` of a table, and which of them come first. */
export type Records = { readonly table: RawTable; readonly which: Sql; readonly order: Sql }

/** What one condition is in SQL. */
export type Compiled = {
  /** A boolean; NULL counts as false. */
  readonly holds: Sql
  /** The value that decided it, for explanations. */
  readonly value: Sql
  /** Instants at which the answer may change; those that have passed, and NULL, are ignored. */
  readonly flipsAt?: readonly Sql[]
  /** Local days at whose beginning the answer may change; NULL is ignored, a day that has begun counts as tomorrow. */
  readonly flipsOn?: readonly Sql[]
  /** Left out where the customer's own row decides, or another segment. */
  readonly records?: Records
}

/** One kind of condition: everything about it stands in one file of `facts/`. */
export type Fact = {
  /** In words, as the palette shows it. */
  readonly label: string
  /** The kind of fact: gives the icon and the colour. */
  readonly group: string
  /** Those that are not required may be left out. */
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly operators: Readonly<Record<string, Operator>>
  /** The condition was checked before: it has this fact's parameters, operators and values. */
  compile(condition: Condition, context: Context): Compiled
}
