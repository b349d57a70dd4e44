import type { Database } from '../database.ts'

/** Behind which of a customer's entries a part of the timeline begins; entries at one instant are in the order of kinds. */
export type Place = { at: Date; kind: string; id: number }

/** One entry, as its source tells it: what happened, when, and what of it is shown. */
export type Entry = { kind: string; at: Date; id: number; provider: string | null; detail: Record<string, unknown> }

/**
 * One kind of thing that happens to a customer. A file of `sources/` and its line in `index.ts` are all that a further
 * kind needs.
 */
export type Source = {
  /** Its name in the API, and its place among others at one instant. */
  readonly kind: string
  /**
   * The newest entries of a customer that are not later than an instant, newest first, those of one instant by falling ids.
   *
   * @param customer our own id
   * @param own only those of this provider; null for all
   * @param before entries at this very instant belong to it only with smaller ids
   */
  read(
    db: Database,
    customer: number,
    before: { at: Date; id: number },
    limit: number,
    own: number | null,
  ): Promise<Omit<Entry, 'kind'>[]>
}
