import type { Mistake } from '../../errors.ts'
import type { CompiledMessage } from '../../messages/compileMessage.ts'

/** One answer that a message offers: what its link stands for, and the words around it. */
export type OfferedAnswer = { survey: string; question: string; answer: string; label: string }

/** A hint: nothing stops, but somebody should look. `code` is for programs. */
export type Warning = Mistake & { code: 'no_alt' | 'escaped_twice' | 'untracked_link' | 'clipped' | 'no_unsubscribe' }

/** A template made ready once for all its recipients: what is left in it is Liquid. */
export type CompiledTemplate = CompiledMessage & {
  /** `links.answers[n]` in the HTML and text is the n-th. */
  answers: OfferedAnswer[]
  warnings: Warning[]
}
