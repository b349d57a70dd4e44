import { ProblemError } from '../../client/problem.ts'

/** A draft as the server keeps it: of what it was made, when and by whom; `revision` only says “the one that was seen”. */
export type Kept = {
  /** It may be anything: drafts also come in by the API. */
  readonly tree: unknown
  readonly base: number
  readonly revision: number
  readonly at: string
  readonly by: string
}

/** How the draft on the canvas stands to the one that the server keeps. */
export type Keeping =
  /** Nothing is changed, and nothing is kept. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly at: string; readonly by: string }
  /** Somebody else has kept another one meanwhile; null: has published it or thrown it away. */
  | { readonly kind: 'conflict'; readonly theirs: Kept | null }
  | { readonly kind: 'failed' }

/** What is on the canvas: the tree, whether it is another than the published one, and the version it was made from. */
export type OnCanvas = { readonly tree: unknown; readonly changed: boolean; readonly base: number }

/** The calls by which the drafts of one thing are kept. Null stands for no draft that has been seen. */
export type DraftCalls = {
  readonly put: (draft: { tree: unknown; base: number; revision: number | null }) => Promise<Kept>
  readonly discard: (revision: number | null) => Promise<unknown>
  /** A draft in an answer that says another one is kept. */
  readonly read: (answer: unknown) => Kept
}

/**
 * Keeps the draft of one thing, one call after the other. It only ever replaces the draft that it has seen: that two
 * people draft is noticed by the second, and nothing is lost.
 */
export class Keeper {
  #seen: Kept | null
  #keeping: Keeping
  #running: Promise<void> = Promise.resolve()
  readonly #calls: DraftCalls
  readonly #tell: (keeping: Keeping) => void

  constructor(calls: DraftCalls, seen: Kept | null, tell: (keeping: Keeping) => void) {
    this.#calls = calls
    this.#seen = seen
    this.#tell = tell
    this.#keeping = seen === null ? { kind: 'nothing' } : keptAs(seen)
  }

  get keeping(): Keeping {
    return this.#keeping
  }

  /** Whether what is on the canvas is what the server keeps. */
  isKept({ tree, changed }: OnCanvas): boolean {
    return changed ? isSame(this.#seen?.tree, tree) : this.#seen === null
  }

  /** Keeps what is on the canvas, after whatever is being kept now. A conflict waits for somebody's decision. */
  keep(canvas: () => OnCanvas): Promise<void> {
    this.#running = this.#running.then(() => this.#keep(canvas()))
    return this.#running
  }

  /** The draft that somebody else has kept counts as seen: the next keeping replaces it. */
  see(theirs: Kept | null): void {
    this.#seen = theirs
    this.#become(theirs === null ? { kind: 'nothing' } : keptAs(theirs))
  }

  async #keep(canvas: OnCanvas): Promise<void> {
    if (this.#keeping.kind === 'conflict' || this.isKept(canvas)) return
    this.#become({ kind: 'keeping' })
    try {
      if (canvas.changed) await this.#put(canvas)
      else await this.#discard()
    } catch (error) {
      this.#become(this.#conflictIn(error) ?? { kind: 'failed' })
    }
  }

  async #put({ tree, base }: OnCanvas): Promise<void> {
    this.see(await this.#calls.put({ tree, base, revision: this.#seen?.revision ?? null }))
  }

  async #discard(): Promise<void> {
    await this.#calls.discard(this.#seen?.revision ?? null)
    this.see(null)
  }

  #conflictIn(error: unknown): Keeping | null {
    if (!(error instanceof ProblemError) || error.code !== 'conflict' || !('draft' in error.document)) return null
    const { draft } = error.document
    return { kind: 'conflict', theirs: draft === null ? null : this.#calls.read(draft) }
  }

  #become(keeping: Keeping): void {
    this.#keeping = keeping
    this.#tell(keeping)
  }
}

const keptAs = ({ at, by }: Kept): Keeping => ({ kind: 'kept', at, by })
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
