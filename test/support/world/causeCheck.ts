import { type Database, rows } from '../../../domain/database.ts'
import type { DirtyCause } from '../../../domain/segments/markDirty.ts'
import type { NaiveRule } from '../naive/things.ts'
import type { WorldSegment } from './segments.ts'

type Cause = DirtyCause | 'time' | 'initial'
type Mark = { providerId: number; customerId: number; cause: DirtyCause }

/** When several things happened to somebody, the one that is news wins. */
const STRENGTH: readonly Cause[] = ['time', 'rule_change', 'historical', 'by_hand', 'event']

type Transition = {
  id: number
  segment_id: number
  provider_id: number
  customer_id: number
  entered: number
  cause: Cause
}

/** Checks the transitions of each step: they lead from the members before to those after it, and say why. */
export class CauseCheck {
  readonly #db: Database
  readonly #segments: readonly WorldSegment[]
  /** Who is in what, replayed from the transitions: `segment provider customer`. */
  readonly #replayed = new Set<string>()
  #last = 0
  #strongest = new Map<number, DirtyCause>()
  #changedRules = new Set<string>()
  /** Whose facts changed after others had been refreshed in the same step: either cause is right for them. */
  #late = new Set<number>()
  #isLate = false

  constructor(db: Database, segments: readonly WorldSegment[]) {
    this.#db = db
    this.#segments = segments
  }

  /** Another step begins: nothing has happened yet. */
  begin(): void {
    this.#strongest = new Map()
    this.#changedRules = new Set()
    this.#late = new Set()
    this.#isLate = false
  }

  note(marks: readonly Mark[]): void {
    for (const { customerId, cause } of marks) {
      const before = this.#strongest.get(customerId)
      if (before === undefined || STRENGTH.indexOf(before) < STRENGTH.indexOf(cause)) {
        this.#strongest.set(customerId, cause)
      }
      if (this.#isLate) this.#late.add(customerId)
    }
  }

  noteRule(key: string): void {
    this.#changedRules.add(key)
  }

  /** What is noted from now on happens while a recompute runs. */
  noteLate(): void {
    this.#isLate = true
  }

  /** @returns how many entered or left */
  async check(members: ReadonlySet<string>): Promise<number> {
    const found = await rows<Transition>(this.#db, 'SELECT * FROM segment_transitions WHERE id > ? ORDER BY id', [
      this.#last,
    ])
    for (const row of found) {
      const key = `${row.segment_id} ${row.provider_id} ${row.customer_id}`
      if (this.#replayed.has(key) === (row.entered === 1)) {
        throw new Error(`${key} ${row.entered ? 'entered' : 'left'} twice`)
      }
      if (row.entered === 1) this.#replayed.add(key)
      else this.#replayed.delete(key)
      this.#checkCause(row)
      this.#last = row.id
    }
    for (const key of members) if (!this.#replayed.has(key)) throw new Error(`${key} is in without a transition`)
    for (const key of this.#replayed) if (!members.has(key)) throw new Error(`${key} is out without a transition`)
    return found.length
  }

  #checkCause({ segment_id, provider_id, customer_id, cause }: Transition): void {
    const segment = this.#segments.find(({ id }) => id === segment_id)
    if (segment === undefined) throw new Error(`A transition of segment ${segment_id}, which nobody made`)
    // a provider's relationship may have changed by itself while something happened to the customer elsewhere
    if (provider_id !== 0 || this.#late.has(customer_id)) return
    const allowed = new Set<Cause>([this.#strongest.get(customer_id) ?? 'time'])
    const asked = this.#asked(segment.rule)
    if (this.#changedRules.has(segment.key)) allowed.add('rule_change').add('initial')
    if ([...this.#changedRules].some((key) => asked.has(key))) allowed.add('rule_change')
    // others' places are others' news
    if (asked.has('rank')) for (const other of STRENGTH) allowed.add(other)
    if (!allowed.has(cause)) {
      const expected = [...allowed].join(' or ')
      throw new Error(`Customer ${customer_id} and ${segment.key} have cause ${cause} instead of ${expected}`)
    }
  }

  /** All segments that a rule asks for, also by way of others, and `rank` where any of them ranks. */
  #asked(rule: NaiveRule, asked = new Set<string>()): Set<string> {
    const visit = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return
      const { fact, value } = part as NaiveRule
      if (fact === 'rank') asked.add('rank')
      if (fact === 'segment' && !asked.has(String(value))) {
        asked.add(String(value))
        this.#asked(this.#segments.find(({ key }) => key === value)?.rule ?? {}, asked)
      }
      for (const inner of Object.values(part)) visit(inner)
    }
    visit(rule)
    return asked
  }
}
