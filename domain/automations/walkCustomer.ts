import type { Automation, Happening } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import type { Occurrence } from '../../rules/automations/fits.ts'
import { rulesIn } from '../../rules/automations/rules.ts'
import { type Event, simulate } from '../../rules/automations/simulate.ts'
import { stepsOf } from '../../rules/automations/steps.ts'
import { knownCustomer } from '../customers/knownCustomer.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Pair } from '../segments/markDirty.ts'
import { requireProvider } from '../segments/requireProvider.ts'
import { pairKey } from '../segments/takeWork.ts'
import { readSettings } from '../settings/readSettings.ts'
import { chanceOf, splitSeed } from './chance.ts'
import { readDates } from './dryRun/dates.ts'
import { firstHeld } from './dryRun/ruleTimes.ts'
import { holdsFor } from './holdsFor.ts'

/** What somebody supposes to happen so long after entering: a happening, or that a rule holds from then on, or does not. */
type Choice = {
  after_minutes: number
  happening?: Record<string, unknown> | undefined
  rule_holds?: { path: string; holds: boolean } | undefined
}

type WalkRequest = {
  /** As it came: checked here. */
  definition: unknown
  /** The callers' ids. */
  customer: string
  provider?: string | undefined
  at?: Date | undefined
  choices: readonly Choice[]
  /** Which way chance has for them, by step. */
  ways: Readonly<Record<string, string>>
}

export type Walked = {
  events: (Omit<Event, 'what'> & { what: Event['what'] | 'not_entered' })[]
  ended: boolean
  rules: { path: string; holds: boolean }[]
}

const MINUTE = 60_000
/** Nobody is walked further than this. */
const YEARS = 3 * 365 * 86_400_000

/**
 * Walks one customer through a definition with the time skipped, by what holds for them now and what somebody supposes to
 * happen. Nothing is sent.
 *
 * @throws Problem 'invalid' with the path of every mistake; 'not_found' for a customer who is not there
 */
export async function walkCustomer(db: Database, request: WalkRequest, now: Date): Promise<Walked> {
  const { automation, mistakes } = checkAutomation(request.definition)
  if (automation === undefined) {
    const listed = mistakes.map(({ path, message }) => ({ path: `/definition${path}`, message }))
    throw new Problem('invalid', `${listed[0]?.path}: ${listed[0]?.message}`, listed)
  }
  const customerId = await knownCustomer(db, request.customer)
  const providerId = automation.scope === 'business' ? 0 : await requireProvider(db, request.provider, '/provider')
  const pair: Pair = { providerId, customerId }
  const enters = request.at ?? now
  const placed = rulesIn(automation)
  const rules = placed.map(({ rule }) => rule)
  const held = (await holdsFor(db, { scope: automation.scope, rules, pairs: [pair] }, now)).get(pairKey(pair))
  const holding = placed.map(({ path }, n) => ({ path, holds: held?.[n] === true }))
  const times = timesOf(holding, request.choices, enters)
  const { timeZone } = await readSettings(db)
  const dates = await readDates(db, automation, [customerId])
  const only = times.get('/only')
  if (only !== undefined && firstHeld(only, enters, enters) === null) {
    const event = { at: enters, step: null, what: 'not_entered' as const, until: null, way: null, text: null }
    return { events: [event], ended: true, rules: holding }
  }
  const way = simulate(automation, enters, new Date(enters.getTime() + YEARS), {
    timeZone,
    happenings: happeningsOf(automation, request.choices, enters),
    holdsFrom: (path, from, to) => firstHeld(times.get(path), from, to),
    reachable: () => true,
    dateOf: (of, from) => dates(of, pair, from),
    chance: (step) => chanceFor(automation, step, request.ways[step], customerId),
  })
  return { events: [...way.events], ended: way.endedAt !== null, rules: holding }
}

/** When each rule holds: as it does now, until somebody supposes otherwise. */
function timesOf(
  rules: readonly { path: string; holds: boolean }[],
  choices: readonly Choice[],
  enters: Date,
): Map<string, Date[]> {
  const state = new Map(rules.map(({ path, holds }) => [path, holds]))
  // known before they enter, so that it holds at the instant itself
  const times = new Map(rules.map(({ path, holds }) => [path, holds ? [new Date(enters.getTime() - 1)] : []]))
  for (const { after_minutes, rule_holds } of [...choices].sort((a, b) => a.after_minutes - b.after_minutes)) {
    if (rule_holds === undefined) continue
    const { path, holds } = rule_holds
    if (state.get(path) === undefined) {
      const message = `No rule of the definition stands at ${path}`
      throw new Problem('invalid', message, [{ path: '/choices', message }])
    }
    if (state.get(path) === holds) continue
    state.set(path, holds)
    times.get(path)?.push(new Date(enters.getTime() + after_minutes * MINUTE))
  }
  return times
}

function happeningsOf(automation: Automation, choices: readonly Choice[], enters: Date): Occurrence[] {
  const found = choices.flatMap(({ after_minutes, happening }, n): Occurrence[] => {
    if (happening === undefined) return []
    // checked where a happening stands in a definition
    const { mistakes } = checkAutomation({ ...automation, goal: { on: happening } })
    const wrong = mistakes?.map(({ path, message }) => ({
      path: path.replace('/goal/on', `/choices/${n}/happening`),
      message,
    }))
    if (wrong?.[0] !== undefined) throw new Problem('invalid', `${wrong[0].path}: ${wrong[0].message}`, wrong)
    return [occurrenceOf(happening as Happening, new Date(enters.getTime() + after_minutes * MINUTE))]
  })
  return found.sort((one, other) => one.at.getTime() - other.at.getTime())
}

/** The happening that somebody means: with the first of what it may be about. */
function occurrenceOf(asked: Happening, at: Date): Occurrence {
  const { on } = asked
  if ('segment' in asked) return { at, on, about: asked.segment }
  if ('tag' in asked) return { at, on, about: asked.tag }
  if ('survey' in asked) return { at, on, about: asked.survey, answer: asked.answers?.[0] ?? '' }
  if ('name' in asked) return { at, on, about: asked.name }
  if ('step' in asked) return { at, on, about: asked.step }
  if ('services' in asked) return { at, on, service: asked.services?.[0] ?? null }
  if ('types' in asked) return { at, on, type: asked.types?.[0] ?? null }
  if (on !== 'status_changes') return { at, on }
  const { from, to } = asked as { from?: string; to?: string }
  return { at, on, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** The middle of the way that somebody has chosen; else what chance has for this customer. Nobody is held out. */
function chanceFor(automation: Automation, step: string, way: string | undefined, customerId: number): number {
  if (step === '') return 100
  const split = stepsOf(automation).find((place) => place.step.id === step)?.step
  if (way === undefined || split === undefined || !('split' in split)) return chanceOf(splitSeed(0, step), customerId)
  const before = split.split.slice(0, Number(way)).reduce((sum, { percent }) => sum + percent, 0)
  return before + (split.split[Number(way)]?.percent ?? 0) / 2
}
