import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { type Choices, MERGED_FIELDS, type MergedField, type Side, sideOf } from './fields.ts'
import { type Named, type Pair, readPair } from './pair.ts'
import { type Plan, planMerge } from './plan.ts'

/** A field of which the two know something, with whose value is taken. */
export type ComparedField = {
  field: MergedField
  stays: string | null
  goes: string | null
  /** Whose value is taken. */
  takes: Side
}

export type MergePreview = {
  stays: Pair['stays']
  goes: Pair['goes']
  /** The id of the one whom it takes less to keep: the one with more bookings, of as many the one we know longer. */
  suggested: string
  fields: ComparedField[]
  plan: Plan
}

/**
 * Says what a merge would do, and does nothing.
 *
 * @throws Problem as {@link readPair} does, and 'conflict' when it is done already
 */
export async function previewMerge(db: Database, named: Named, choices: Choices): Promise<MergePreview> {
  const pair = await readPair(db, named)
  if (pair === null) {
    const message = `${named.goes} was merged into ${named.stays} already`
    throw new Problem('conflict', message, [{ path: '/other', message }])
  }
  const { stays, goes } = pair
  const isOther = goes.bookings > stays.bookings || (goes.bookings === stays.bookings && goes.id < stays.id)
  const text = (value: string | Date | null) =>
    value instanceof Date ? value.toISOString() : value === '' ? null : value
  const fields = MERGED_FIELDS.map((field): ComparedField => {
    const [own, others] = [text(stays.profile[field]), text(goes.profile[field])]
    return { field, stays: own, goes: others, takes: sideOf(field, stays.profile, goes.profile, choices) }
  })
  return {
    stays,
    goes,
    suggested: (isOther ? goes : stays).externalId,
    fields: fields.filter((one) => one.stays !== null || one.goes !== null),
    plan: await planMerge(db, pair, choices),
  }
}
