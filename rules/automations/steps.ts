/** Finding one's way in the tree: which steps there are, what follows each, and where its ways begin. */
import type { Path } from '../rule.ts'
import { type Automation, kindOf, type Step } from './automation.ts'

/** A way that begins at a step: its name, and its steps. */
export type Way = {
  /** `then`, `else`, or the number of one of several ways: 0, 1, … */
  readonly name: string
  readonly steps: readonly Step[]
  readonly path: Path
}

/** The ways of a step, in order; none for one that does not split. */
export function waysOf(step: Step, path: Path = ''): Way[] {
  if ('wait_for' in step) {
    return [
      { name: 'then', steps: step.then, path: `${path}/then` },
      { name: 'else', steps: step.else, path: `${path}/else` },
    ]
  }
  if ('branch' in step) {
    const ways = step.branch.map(({ then }, n) => ({ name: String(n), steps: then, path: `${path}/branch/${n}/then` }))
    return [...ways, { name: 'else', steps: step.else, path: `${path}/else` }]
  }
  if ('split' in step) {
    return step.split.map(({ then }, n) => ({ name: String(n), steps: then, path: `${path}/split/${n}/then` }))
  }
  return []
}

/** A step in its place. */
export type Placed = {
  readonly step: Step
  readonly path: Path
  /** The step that follows in its sequence, or after the step whose way ends here; null where the automation ends. */
  readonly next: string | null
  /** The step whose way it is in with that way's name; null on the outermost one. */
  readonly within: { readonly step: string; readonly way: string } | null
  /** How many ways it lies in. */
  readonly depth: number
}

/** Every step with its place, in reading order: a step before those of its ways, these before what follows it. */
export function stepsOf(automation: Automation): Placed[] {
  return placed(automation.then, '/then', null, null, 0)
}

function placed(
  steps: readonly Step[],
  path: Path,
  after: string | null,
  within: Placed['within'],
  depth: number,
): Placed[] {
  return steps.flatMap((step, n) => {
    const at = `${path}/${n}`
    const next = steps[n + 1]?.id ?? after
    const inside = waysOf(step, at).flatMap((way) =>
      placed(way.steps, way.path, next, { step: step.id, way: way.name }, depth + 1),
    )
    return [{ step, path: at, next, within, depth }, ...inside]
  })
}

/** An automation that is asked about many steps. */
export class Walk {
  readonly #places: ReadonlyMap<string, Placed>
  readonly #first: string | null

  constructor(automation: Automation) {
    this.#places = new Map(stepsOf(automation).map((place) => [place.step.id, place]))
    this.#first = automation.then[0]?.id ?? null
  }

  /** The step at which everybody begins; null for an automation without any. */
  get first(): string | null {
    return this.#first
  }

  /** @returns undefined where there is no such step */
  at(id: string): Placed | undefined {
    return this.#places.get(id)
  }

  /** What follows a step for those who go straight on; null where the automation ends for them. */
  after(id: string): string | null {
    return this.#places.get(id)?.next ?? null
  }

  /** Where a way of a step leads: its first step, or what follows the step when it has none. */
  into(id: string, way: string): string | null {
    const place = this.#places.get(id)
    if (place === undefined) return null
    const steps = waysOf(place.step).find(({ name }) => name === way)?.steps
    return steps?.[0]?.id ?? place.next
  }

  /**
   * The step at which somebody stands who is sent to one: a jump leads where it points to, an end nowhere.
   *
   * @returns the step, null where the automation ends, and the jumps and ends that were passed on the way
   */
  land(id: string | null): { step: string | null; passed: string[] } {
    const passed: string[] = []
    let at = id
    while (at !== null) {
      const step = this.#places.get(at)?.step
      if (step === undefined || passed.includes(at)) return { step: null, passed }
      const kind = kindOf(step)
      if (kind !== 'go_to' && kind !== 'end') return { step: at, passed }
      passed.push(at)
      at = 'go_to' in step ? step.go_to : null
    }
    return { step: null, passed }
  }
}
