import { discardTemplateDraft, type TemplateDraft as Kept, keepTemplateDraft } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import { ProblemError } from '../../client/problem.ts'
import { type Content, isSameContent } from '../mjml/draft.ts'

/** How the draft on the page stands to the one that the server keeps. */
export type Keeping =
  /** Nothing is changed, and nothing is kept. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly at: string; readonly by: string }
  /** Somebody else has kept another one meanwhile; null: has published it or thrown it away. */
  | { readonly kind: 'conflict'; readonly theirs: Kept | null }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What is on the page: the content, whether it is another than the published one, and the version it was made from. */
export type OnPage = { readonly content: Content; readonly changed: boolean; readonly base: number }

/**
 * Keeps the draft of one template, one call after the other. It only ever replaces the draft that it has seen: that two
 * people draft is noticed by the second, and nothing is lost.
 */
export class Keeper {
  #seen: Kept | null
  #keeping: Keeping
  #running: Promise<void> = Promise.resolve()
  readonly #template: string
  readonly #tell: (keeping: Keeping) => void

  constructor(template: string, seen: Kept | null, tell: (keeping: Keeping) => void) {
    this.#template = template
    this.#seen = seen
    this.#tell = tell
    this.#keeping = seen === null ? { kind: 'nothing' } : keptAs(seen)
  }

  get keeping(): Keeping {
    return this.#keeping
  }

  /** The draft that was kept or seen last. */
  get seen(): Kept | null {
    return this.#seen
  }

  /** Whether what is on the page is what the server keeps. */
  isKept({ content, changed }: OnPage): boolean {
    return changed ? this.#seen !== null && isSameContent(this.#seen.content, content) : this.#seen === null
  }

  /** Keeps what is on the page, after whatever is being kept now. A conflict waits for somebody's decision. */
  keep(page: () => OnPage): Promise<void> {
    this.#running = this.#running.then(() => this.#keep(page()))
    return this.#running
  }

  /** The draft that somebody else has kept counts as seen: the next keeping replaces it. */
  see(theirs: Kept | null): void {
    this.#seen = theirs
    this.#become(theirs === null ? { kind: 'nothing' } : keptAs(theirs))
  }

  async #keep(page: OnPage): Promise<void> {
    if (this.#keeping.kind === 'conflict' || this.isKept(page)) return
    this.#become({ kind: 'keeping' })
    try {
      if (page.changed) await this.#put(page)
      else await this.#discard()
    } catch (error) {
      this.#become(conflictIn(error) ?? { kind: 'failed', error })
    }
  }

  async #put({ content, base }: OnPage): Promise<void> {
    const body = { content, base_version: base, revision: this.#seen?.revision ?? null }
    const kept = await call(keepTemplateDraft, { params: { id: this.#template }, body })
    // What was sent is what is kept: the answer need not be compared with what is typed on meanwhile.
    this.see({ ...kept, content })
  }

  async #discard(): Promise<void> {
    const query = this.#seen === null ? {} : { revision: this.#seen.revision }
    await call(discardTemplateDraft, { params: { id: this.#template }, query })
    this.see(null)
  }

  #become(keeping: Keeping): void {
    this.#keeping = keeping
    this.#tell(keeping)
  }
}

const keptAs = ({ updated_at, updated_by }: Kept): Keeping => ({ kind: 'kept', at: updated_at, by: updated_by })

function conflictIn(error: unknown): Keeping | null {
  if (!(error instanceof ProblemError) || error.code !== 'conflict' || !('draft' in error.document)) return null
  return { kind: 'conflict', theirs: error.document.draft as Kept | null }
}
