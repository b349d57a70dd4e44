import type { TextEdit } from './edits.ts'
import type { Path } from './walk.ts'

/** Where a block can be put: as the one at `index` in what stands at `parent`. */
export type Place = { readonly parent: Path; readonly index: number }

/**
 * Why a command is not done: there is no such block or place; it would change nothing; the block is not closed, so nothing
 * can be put into it; it would go into itself; the value cannot be written; what is to be put in would end before its end or go on
 * behind it.
 */
export type Refusal = 'missing' | 'nothing' | 'not_closed' | 'into_itself' | 'not_writable' | 'not_balanced'

/** Edits of one block, and a position in the source after them by which it is found again. */
export type Outcome = { readonly edits: readonly TextEdit[]; readonly at: number }
