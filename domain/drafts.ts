import { Problem } from './errors.ts'

/** What every draft has: a number that says “the one that I have seen”, when it was kept, and by whom where several may. */
type Kept = { revision: number; updatedAt: Date; updatedBy?: string }

/** The number of the draft that replaces one: by the clock, so that one begun anew has no number a second time. */
export const nextRevision = (stored: { revision: number } | null, now: Date): number =>
  Math.max(now.getTime(), (stored?.revision ?? 0) + 1)

/**
 * Throws when the draft that is there is not the one that somebody has seen; says whose it is and since when.
 *
 * @param shown the draft as HTTP shows it, which the refusal carries
 * @throws Problem 'conflict'
 */
export function refuseOther<Draft extends Kept>(
  stored: Draft | null,
  revision: number | null,
  shown: (draft: Draft) => object,
): void {
  if ((stored?.revision ?? null) === revision) return
  const detail =
    stored === null
      ? 'The draft is gone: it was published, sent or thrown away.'
      : `${stored.updatedBy ?? 'Another window'} has kept another draft at ${stored.updatedAt.toISOString()}.`
  throw new Problem('conflict', detail, [], { draft: stored === null ? null : shown(stored) })
}

/** @throws Problem 'invalid' for a version that never was */
export function requireBase(base: number, newest: number): void {
  if (base <= newest) return
  const message = `The newest version is ${newest}: allowed is one that exists`
  throw new Problem('invalid', message, [{ path: '/base_version', message }])
}
