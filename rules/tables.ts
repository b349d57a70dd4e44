/**
 * The tables of raw rows that facts aggregate; `x` is the row inside an aggregate.
 */
export type RawTable = keyof typeof TABLES

type Table = {
  /** Whether its rows count per provider in scope provider; otherwise they are the customer's, whoever looks. */
  readonly perProvider: boolean
  /** Rows that were deleted stay, marked so, and count for nothing. */
  readonly marksDeleted: boolean
  /** Whether a row names a provider, who may not have arrived yet: then it waits. */
  readonly namesProvider: boolean
}

const ingested = { perProvider: true, marksDeleted: true, namesProvider: true } as const
const own = { perProvider: false, marksDeleted: false, namesProvider: false } as const

export const TABLES = {
  bookings: ingested,
  memberships: { ...ingested, perProvider: false },
  payments: ingested,
  reviews: ingested,
  interactions: ingested,
  favourites: { ...own, perProvider: true, namesProvider: true },
  rewards: { ...own, perProvider: true, namesProvider: true },
  customer_tags: own,
  consents: own,
  deliveries: own,
  survey_answers: own,
} as const satisfies Record<string, Table>
