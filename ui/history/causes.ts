import type { SizeOverTime } from '../../api/contract/segmentHistory.ts'
import { cause } from '../../api/contract/segmentHistory.ts'

export type Cause = SizeOverTime['causes'][number]['cause']
export type Way = 'entered' | 'left'

/** The causes that an address names; what is none is left out. */
export const causesFrom = (text: string | undefined): Cause[] =>
  (text ?? '').split(',').flatMap((one) => cause.safeParse(one).data ?? [])

/** The direction that an address names; null for both. */
export const wayFrom = (text: string | undefined): Way | null => (text === 'entered' || text === 'left' ? text : null)

/** How many of a cause moved in a direction, or in both. */
export const countOf = ({ entered, left }: SizeOverTime['causes'][number], way: Way | null): number =>
  (way === 'left' ? 0 : entered) + (way === 'entered' ? 0 : left)

/** How many moved in a direction, or in both, for any of the chosen causes; for none chosen: for all. */
export const countAll = (sums: SizeOverTime['causes'], way: Way | null, causes: readonly Cause[]): number =>
  sums
    .filter((sum) => causes.length === 0 || causes.includes(sum.cause))
    .reduce((total, sum) => total + countOf(sum, way), 0)
