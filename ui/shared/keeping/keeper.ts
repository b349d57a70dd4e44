import { ProblemError } from '../../client/problem.ts'

/** How the draft on a page stands to the one that the server keeps. */
export type Keeping<Kept> =
  /** Nothing is changed, and nothing is kept. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly draft: Kept }
  /** Another one has been kept meanwhile; null: it was published, sent or thrown away. */
  | { readonly kind: 'conflict'; readonly theirs: Kept | null }
  | { readonly kind: 'failed'; readonly error: unknown }

/** How drafts of one kind are kept. */
export type DraftStore<Kept, Page> = {
  /** Whether what is on the page is what the server keeps. */
  readonly isKept: (page: Page, seen: Kept | null) => boolean
  /** Replaces the draft that was seen by what is on the page; null where the page has nothing to keep any more. */
  readonly keep: (page: Page, seen: Kept | null) => Promise<Kept | null>
  /** A draft in an answer that says another one is kept. */
  readonly read: (answer: unknown) => Kept
}

/** When a draft was kept, as an instant, and by whom. */
export type KeptBy = { readonly at: string; readonly by: string }

/**
 * Keeps one draft, one call after the other. It only ever replaces the draft that it has seen: that two people, or two
 * windows, write on one is noticed by the second, and nothing is lost.
 */
export class Keeper<Kept, Page> {
  #seen: Kept | null
  #keeping: Keeping<Kept>
  #running: Promise<void> = Promise.resolve()
  readonly #store: DraftStore<Kept, Page>
  readonly #tell: (keeping: Keeping<Kept>) => void

  constructor(store: DraftStore<Kept, Page>, seen: Kept | null, tell: (keeping: Keeping<Kept>) => void) {
    this.#store = store
    this.#seen = seen
    this.#tell = tell
    this.#keeping = keptAs(seen)
  }

  get keeping(): Keeping<Kept> {
    return this.#keeping
  }

  /** The draft that was kept or seen last. */
  get seen(): Kept | null {
    return this.#seen
  }

  isKept(page: Page): boolean {
    return this.#store.isKept(page, this.#seen)
  }

  /** Keeps what is on the page, after whatever is being kept now. A conflict waits for somebody's decision. */
  keep(page: () => Page): Promise<void> {
    this.#running = this.#running.then(() => this.#keep(page()))
    return this.#running
  }

  /** The draft that is there counts as seen: the next keeping replaces it. */
  see(theirs: Kept | null): void {
    this.#seen = theirs
    this.#become(keptAs(theirs))
  }

  async #keep(page: Page): Promise<void> {
    if (this.#keeping.kind === 'conflict' || this.isKept(page)) return
    this.#become({ kind: 'keeping' })
    try {
      this.see(await this.#store.keep(page, this.#seen))
    } catch (error) {
      const theirs = this.#theirsIn(error)
      if (theirs === undefined) this.#become({ kind: 'failed', error })
      // both have written the same: there is nothing to decide
      else if (this.#store.isKept(page, theirs)) this.see(theirs)
      else this.#become({ kind: 'conflict', theirs })
    }
  }

  /** The draft that is there instead, in the words of the refusal; undefined when it was refused for something else. */
  #theirsIn(error: unknown): Kept | null | undefined {
    if (!(error instanceof ProblemError) || error.code !== 'conflict' || !('draft' in error.document)) return undefined
    const { draft } = error.document
    return draft === null ? null : this.#store.read(draft)
  }

  #become(keeping: Keeping<Kept>): void {
    this.#keeping = keeping
    this.#tell(keeping)
  }
}

const keptAs = <Kept>(seen: Kept | null): Keeping<Kept> =>
  seen === null ? { kind: 'nothing' } : { kind: 'kept', draft: seen }
