import { discardDraft, type Draft as Kept, keepDraft } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import { ProblemError } from '../../client/problem.ts'
import { asJson } from '../../client/versions.ts'

/** How the draft on the canvas stands to the one that the server keeps. */
export type Keeping =
  /** Nothing is changed, and nothing is kept. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly at: string; readonly by: string }
  /** Somebody else has kept another one meanwhile; null: has published it or thrown it away. */
  | { readonly kind: 'conflict'; readonly theirs: Kept | null }
  | { readonly kind: 'failed' }

/** What is on the canvas: the rule, whether it is another than the published one, and the version it was made from. */
export type OnCanvas = { readonly rule: Rule; readonly changed: boolean; readonly base: number }

/**
 * Keeps the draft of one segment, one call after the other. It only ever replaces the draft that it has seen: that two
 * people draft is noticed by the second, and nothing is lost.
 */
export class Keeper {
  #seen: Kept | null
  #keeping: Keeping
  #running: Promise<void> = Promise.resolve()
  readonly #segment: string
  readonly #tell: (keeping: Keeping) => void

  constructor(segment: string, seen: Kept | null, tell: (keeping: Keeping) => void) {
    this.#segment = segment
    this.#seen = seen
    this.#tell = tell
    this.#keeping = seen === null ? { kind: 'nothing' } : keptAs(seen)
  }

  get keeping(): Keeping {
    return this.#keeping
  }

  /** Whether what is on the canvas is what the server keeps. */
  isKept({ rule, changed }: OnCanvas): boolean {
    return changed ? isSame(this.#seen?.rule, rule) : this.#seen === null
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
      this.#become(conflictIn(error) ?? { kind: 'failed' })
    }
  }

  async #put({ rule, base }: OnCanvas): Promise<void> {
    const body = { rule: asJson(rule), base_version: base, revision: this.#seen?.revision ?? null }
    this.see(await call(keepDraft, { params: { id: this.#segment }, body }))
  }

  async #discard(): Promise<void> {
    const query = this.#seen === null ? {} : { revision: this.#seen.revision }
    await call(discardDraft, { params: { id: this.#segment }, query })
    this.see(null)
  }

  #become(keeping: Keeping): void {
    this.#keeping = keeping
    this.#tell(keeping)
  }
}

const keptAs = ({ updated_at, updated_by }: Kept): Keeping => ({ kind: 'kept', at: updated_at, by: updated_by })
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

function conflictIn(error: unknown): Keeping | null {
  if (!(error instanceof ProblemError) || error.code !== 'conflict' || !('draft' in error.document)) return null
  return { kind: 'conflict', theirs: error.document.draft as Kept | null }
}
