import type { ImportKind } from './fields.ts'

/** The largest file, in bytes; of a spreadsheet, and of what it unpacks to. */
export const MAX_BYTES = 64 * 1_048_576
export const MAX_SHEET_BYTES = 24 * 1_048_576
export const MAX_UNPACKED_BYTES = 400 * 1_048_576
/** The largest part in which a file comes, in bytes. */
export const PART_BYTES = 524_288
export const MAX_ROWS = 500_000
export const MAX_COLUMNS = 200
/** The longest cell, in characters. */
export const MAX_CELL = 20_000

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'macintosh', 'iso-8859-15'] as const
export type Encoding = (typeof ENCODINGS)[number]
export const SEPARATORS = [',', ';', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

/** How a file is read. */
export type Reading = {
  format: 'csv' | 'xlsx'
  /** Of CSV. */
  encoding: Encoding
  separator: Separator
  /** Of a spreadsheet: the names of its sheets, and the one that is read. */
  sheets: string[]
  sheet: string | null
  /** Whether the first row that is not empty has the titles of the columns. */
  titles: boolean
}

/** How values are understood where they can be read in several ways. */
export type Choices = {
  /** Whether 03/04 is the 3rd of April or March 4th. */
  dates: 'dmy' | 'mdy'
  decimal: ',' | '.'
  /** An empty cell says nothing, or that there is nothing: then it clears what is stored. */
  empty: 'keep' | 'clear'
  /** A row with a cell that can't be read is refused, or stored without that cell. */
  unreadable: 'reject' | 'leave_out'
  /** Put on all customers of the file. */
  tags: string[]
}

/** What an attribute's cells are. */
export const ATTRIBUTE_TYPES = ['text', 'number', 'yes_no', 'day'] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

/** What a column is stored as: a field, an attribute of the customer's, or nothing. */
export type Target = { field: string } | { attribute: string; type: AttributeType } | null

export type ImportState = 'uploading' | 'ready' | 'running' | 'done' | 'failed' | 'cancelled'

export type Import = {
  id: number
  kind: ImportKind
  state: ImportState
  fileName: string
  size: number
  reading: Reading | null
  /** The titles of the columns; A, B, C where the file has none. */
  columns: string[]
  mapping: Target[]
  choices: Choices
  historical: boolean
  total: number
  done: number
  made: number
  changed: number
  rejected: number
  error: string | null
  createdBy: string
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  fileRemovedAt: Date | null
}

/** A row of a file: its number as a spreadsheet counts, and its cells as text. */
export type FileRow = { number: number; cells: string[] }

export const DEFAULT_CHOICES: Choices = {
  dates: 'dmy',
  decimal: '.',
  empty: 'keep',
  unreadable: 'reject',
  tags: [],
}
