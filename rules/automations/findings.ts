/**
 * What in an automation is surely not meant, beyond its form: pure logic over the definition alone. What only the database
 * knows (whether a template is published) is found elsewhere and said in the same words.
 */
import type { Path } from '../rule.ts'
import { isCondition } from '../rule.ts'
import { canonical } from '../warnings/canonical.ts'
import { warningsOf } from '../warnings.ts'
import { type Automation, kindOf, type Step, type StepKind } from './automation.ts'
import { rulesIn } from './rules.ts'
import { type Placed, stepsOf, Walk, waysOf } from './steps.ts'

/** With an `error` it can’t be published. */
export type Finding = {
  readonly path: Path
  readonly step: string | null
  readonly level: 'error' | 'warning'
  readonly kind: FindingKind
  /** What stands in the sentence. */
  readonly values: Readonly<Record<string, string>>
}

export type FindingKind =
  | 'nothing_happens'
  | 'unreachable'
  | 'dead_end'
  | 'ways_alike'
  | 'loop_without_wait'
  | 'go_to_other_way'
  | 'leaves_at_once'
  | 'twice_at_once'
  | 'no_step'
  | 'rule'
  | 'no_template'
  | 'template_not_published'
  | 'template_archived'
  | 'template_channel'
  | 'no_unsubscribe'
  | 'no_merge_tag'
  | 'no_fallback'
  | 'bad_link'
  | 'not_seen'
  | 'no_segment'
  | 'segment_scope'
  | 'no_survey'
  | 'no_answer'
  | 'no_provider'
  | 'channel_not_set_up'

/** Steps that do something to somebody, or for them. */
const ACTS: readonly StepKind[] = ['send', 'give', 'tag', 'status', 'segment', 'tell', 'call']

/** Everything that looks wrong in an automation of the right form, in reading order. */
export function findingsIn(automation: Automation): Finding[] {
  const places = stepsOf(automation)
  const graph = new Graph(automation, places)
  const found = [
    ...nothingHappens(automation, graph),
    ...leavesAtOnce(automation),
    ...places.flatMap((place) => [
      ...unreachable(place, places, graph),
      ...deadEnd(place, automation, graph),
      ...waysAlike(place),
      ...jumps(place, places, graph),
      ...twiceAtOnce(place, graph),
      ...asksTooEarly(place, graph),
      ...notSeen(place, graph),
    ]),
    ...ruleWarnings(automation),
  ]
  return found
}

type Edge = { readonly to: string; readonly waits: boolean }

/** Which step may follow which, and whether time surely passes on the way. */
class Graph {
  readonly reached: ReadonlySet<string>
  readonly #edges: ReadonlyMap<string, readonly Edge[]>
  readonly steps: ReadonlyMap<string, Step>

  constructor(automation: Automation, places: readonly Placed[]) {
    const walk = new Walk(automation)
    this.steps = new Map(places.map(({ step }) => [step.id, step]))
    this.#edges = new Map(places.map(({ step }) => [step.id, edgesOf(step, walk)]))
    this.reached = walk.first === null ? new Set() : new Set([walk.first, ...this.from(walk.first)])
  }

  /** The steps that may come after one, at any distance; `atOnce`: without time passing between. */
  from(id: string, atOnce = false): Set<string> {
    const seen = new Set<string>()
    const open = [id]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { to, waits } of this.#edges.get(at) ?? []) {
        if (seen.has(to) || (atOnce && waits)) continue
        seen.add(to)
        open.push(to)
      }
    }
    return seen
  }
}

function edgesOf(step: Step, walk: Walk): Edge[] {
  if ('end' in step) return []
  if ('go_to' in step) return [{ to: step.go_to, waits: false }]
  const ways = waysOf(step)
  const exits =
    ways.length === 0 ? [{ name: '', to: walk.after(step.id) }] : ways.map(({ name }) => into(step, name, walk))
  return exits.flatMap(({ name, to }) => (to === null ? [] : [{ to, waits: waits(step, name) }]))
}

const into = (step: Step, name: string, walk: Walk) => ({ name, to: walk.into(step.id, name) })

/** A rule that holds already is not waited for, nor is a date that has passed. */
function waits(step: Step, way: string): boolean {
  if ('wait' in step) return true
  if ('wait_until' in step) return !('at_most' in step.wait_until)
  if ('wait_for' in step) return way === 'else' || !('rule' in step.wait_for)
  return false
}

const finding = (
  path: Path,
  step: string | null,
  kind: FindingKind,
  level: Finding['level'] = 'warning',
  values: Readonly<Record<string, string>> = {},
): Finding => ({ path, step, level, kind, values })

function nothingHappens({ then }: Automation, { reached, steps }: Graph): Finding[] {
  const acts = [...reached].some((id) => isActing(steps.get(id)))
  return acts ? [] : [finding('/then', then[0]?.id ?? null, 'nothing_happens', 'error')]
}

const isActing = (step: Step | undefined): boolean => step !== undefined && ACTS.includes(kindOf(step))

/** An exit that holds for everybody who enters. */
function leavesAtOnce({ when, only, unless = [] }: Automation): Finding[] {
  return unless.flatMap(({ rule }, n) => {
    if (rule === undefined) return []
    const asSegment = when.on === 'enters_segment' ? { fact: 'segment', is: 'in', value: when.segment } : undefined
    const lets = [only, asSegment].some((one) => one !== undefined && canonical(one) === canonical(rule))
    const everybody = !isCondition(rule) && 'all' in rule && rule.all.length === 0
    return lets || everybody ? [finding(`/unless/${n}/rule`, null, 'leaves_at_once', 'error')] : []
  })
}

/** Said once, where it begins: not of what follows there, nor of what lies in its ways. */
function unreachable({ step, path, within }: Placed, places: readonly Placed[], { reached }: Graph): Finding[] {
  if (reached.has(step.id) || (within !== null && !reached.has(within.step))) return []
  const place = Number(path.slice(path.lastIndexOf('/') + 1))
  const before = places.find((one) => one.path === `${path.slice(0, path.lastIndexOf('/'))}/${place - 1}`)
  return before !== undefined && !reached.has(before.step.id) ? [] : [finding(path, step.id, 'unreachable')]
}

/** A wait after which nothing is done; where there is a goal, it is what is waited for. */
function deadEnd({ step, path }: Placed, { goal }: Automation, graph: Graph): Finding[] {
  if (!('wait' in step || 'wait_until' in step || 'wait_for' in step) || goal !== undefined) return []
  if (!graph.reached.has(step.id)) return []
  const acts = [...graph.from(step.id)].some((id) => isActing(graph.steps.get(id)))
  // of several in a row the first one says it
  return acts ? [] : [finding(path, step.id, 'dead_end')]
}

function waysAlike({ step, path }: Placed): Finding[] {
  if (!('branch' in step || 'split' in step)) return []
  const ways = waysOf(step)
  return ways.every(({ steps }) => steps.length === 0) ? [finding(path, step.id, 'ways_alike')] : []
}

function jumps({ step, path, within }: Placed, places: readonly Placed[], graph: Graph): Finding[] {
  if (!('go_to' in step) || !graph.reached.has(step.id)) return []
  const loops = step.go_to === step.id || new Set([step.go_to, ...graph.from(step.go_to, true)]).has(step.id)
  const target = places.find((one) => one.step.id === step.go_to)
  const around = waysAround(within, places)
  const elsewhere = target?.within != null && !around.has(`${target.within.step} ${target.within.way}`)
  return [
    ...(loops ? [finding(`${path}/go_to`, step.id, 'loop_without_wait', 'error')] : []),
    ...(elsewhere ? [finding(`${path}/go_to`, step.id, 'go_to_other_way')] : []),
  ]
}

/** The ways in which something lies. */
function waysAround(within: Placed['within'], places: readonly Placed[]): Set<string> {
  const around = new Set<string>()
  for (let at = within; at !== null; ) {
    around.add(`${at.step} ${at.way}`)
    const parent = at.step
    at = places.find(({ step }) => step.id === parent)?.within ?? null
  }
  return around
}

/** A message that follows another one over the same channel at once. */
function twiceAtOnce({ step, path }: Placed, graph: Graph): Finding[] {
  if (!('send' in step)) return []
  const { channel } = step.send
  const before = [...graph.reached].some((id) => {
    const other = graph.steps.get(id)
    if (other === undefined || id === step.id || !('send' in other) || other.send.channel !== channel) return false
    return graph.from(id, true).has(step.id)
  })
  return before ? [finding(path, step.id, 'twice_at_once')] : []
}

/** Waiting for a click in a message that does not come before it. */
function asksTooEarly({ step, path }: Placed, graph: Graph): Finding[] {
  if (!('wait_for' in step) || !('on' in step.wait_for)) return []
  const { wait_for: happening } = step
  if (happening.on !== 'opened' && happening.on !== 'clicked') return []
  if (graph.from(happening.step).has(step.id)) return []
  return [finding(`${path}/wait_for/step`, step.id, 'no_step', 'error', { step: happening.step })]
}

/** Nobody sees whether an SMS was opened or a link in it clicked: who waits for that waits to the end. */
function notSeen({ step, path }: Placed, graph: Graph): Finding[] {
  if (!('wait_for' in step) || !('on' in step.wait_for)) return []
  const { wait_for: happening } = step
  if (happening.on !== 'opened' && happening.on !== 'clicked') return []
  const asked = graph.steps.get(happening.step)
  const isSms = asked !== undefined && 'send' in asked && asked.send.channel === 'sms'
  return isSms ? [finding(`${path}/wait_for/on`, step.id, 'not_seen')] : []
}

function ruleWarnings(automation: Automation): Finding[] {
  return rulesIn(automation).flatMap(({ rule, path, step }) =>
    warningsOf(rule).map(({ path: at, kind, because }) =>
      finding(`${path}${at}`, step, 'rule', 'warning', {
        rule: path,
        at,
        warning: kind,
        ...(because === undefined ? {} : { because }),
      }),
    ),
  )
}
