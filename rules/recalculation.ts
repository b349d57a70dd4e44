/** How and when a segment is computed; `at` is the local time of a nightly one. */
export type Recalculation = { mode: 'live' | 'hourly' | 'nightly' | 'by_hand'; at?: string | undefined }

/** When nightly recalculations begin that say no time: after the day's own midnight, before anybody is up. */
export const NIGHTLY_AT = '03:00'

/** As it is kept: a nightly one says when, the others say no time. */
export const asKept = ({ mode, at = NIGHTLY_AT }: Recalculation): Recalculation =>
  mode === 'nightly' ? { mode, at } : { mode }
