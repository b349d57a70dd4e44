/** Why a start cannot go on, in one sentence that says what to do. Shown without a stack; everything else is our fault. */
export class Hint extends Error {
  override readonly name = 'Hint'
}

/** The words of anything that was thrown. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
