import { type Automation, kindOf } from '../../../rules/automations/automation.ts'
import { after } from '../../../rules/automations/instants.ts'
import { rulesIn } from '../../../rules/automations/rules.ts'
import { simulate, type Way, type World } from '../../../rules/automations/simulate.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type Day, dayOf } from '../../../rules/time.ts'
import { type Days, pastDays } from '../../backtests/days.ts'
import { type Database, execute } from '../../database.ts'
import { insertRows } from '../../insertRows.ts'
import { transact } from '../../retry.ts'
import { chunksOf } from '../../segments/applyChanges.ts'
import { momentAt } from '../../segments/moment.ts'
import { pairKey } from '../../segments/takeWork.ts'
import { chanceOf, holdoutSeed, splitSeed } from '../chance.ts'
import { readDates } from './dates.ts'
import { type Result, readDryRun } from './dryRun.ts'
import { type Entry, entriesOf } from './entries.ts'
import { GiftCosts } from './giftCosts.ts'
import { type Happened, happened, isKnownOfThePast } from './occurrences.ts'
import { firstHeld, type RuleTimes, ruleTimes } from './ruleTimes.ts'
import { heardBy, segmentHappenings } from './segmentHappenings.ts'

/** How many customers are walked through at a time. */
const CHUNK = 1_000

/** Of how many customers the past is in memory at a time. */
const PORTION = 50_000

/** What part of the work finding out who enters is taken for, and of the rest asking about them. */
const FINDING = 0.5
const ASKING = 0.6

/**
 * Replays an automation over past days: finds who would have entered, asks its rules about them day by day, and walks each
 * through it by what happened to them. Nobody is written to, and nothing of the business changes. Begins anew when another
 * worker died over it.
 *
 * @param onProgress called after each part; what it throws ends the work, which can be taken up again
 */
export async function runDryRun(
  db: Database,
  id: number,
  clock: () => Date,
  onProgress: () => void | Promise<void> = () => {},
): Promise<void> {
  const run = await readDryRun(db, id)
  if (run.state !== 'running') return
  const { definition, automationId, provider, askedAt } = run
  const moment = await momentAt(db, askedAt)
  const { timeZone } = moment
  const days = pastDays(run.days, askedAt, timeZone)
  const progress = async (part: number): Promise<void> => {
    await execute(db, "UPDATE dry_runs SET progress = ? WHERE id = ? AND state = 'running'", [part, id])
    await onProgress()
  }
  await execute(db, 'DELETE FROM dry_run_ways WHERE dry_run_id = ?', [id])
  const caught = await entriesOf(db, definition, days, { timeZone, provider }, (part) => progress(FINDING * part))
  const customers = [...new Set(caught.map(({ customerId }) => customerId))].sort((one, other) => one - other)

  const sums = new Sums(definition, days, timeZone, new GiftCosts(db, definition, moment))
  const byCustomer = grouped(caught)
  let done = 0
  for (const portion of chunksOf(customers, PORTION)) {
    const share = portion.length / customers.length
    const before = done / customers.length
    const told = (part: number) => progress(FINDING + (1 - FINDING) * (before + share * part))
    const past = await askPast(db, definition, { customers: portion, days, timeZone }, (part) => told(ASKING * part))
    for (const [n, chunk] of [...chunksOf(portion, CHUNK)].entries()) {
      const happenings = await happeningsOf(db, definition, chunk, past.ofSegments, { days, timeZone })
      const dateOf = await readDates(db, definition, chunk)
      const ways = chunk.flatMap((customer) => {
        const worldOf = (entry: Entry): World => ({
          timeZone,
          happenings: (happenings.get(customer) ?? []).filter(
            ({ providerId }) => providerId === 0 || entry.providerId === 0 || providerId === entry.providerId,
          ),
          holdsFrom: (path, from, to) => firstHeld(past.times.get(path)?.get(pairKey(entry)), from, to),
          reachable: (channel, at) =>
            firstHeld(past.times.get(reachPath(channel))?.get(pairKey(entry)), at, at) !== null,
          dateOf: (of, from) => dateOf(of, entry, from),
          chance: (step) =>
            chanceOf(step === '' ? holdoutSeed(automationId ?? 0) : splitSeed(automationId ?? 0, step), customer),
        })
        return waysOf(definition, byCustomer.get(customer) ?? [], worldOf, askedAt)
      })
      for (const { entry, way } of ways) await sums.add(entry, way)
      await storeWays(db, id, ways, timeZone)
      await told(ASKING + (1 - ASKING) * Math.min(1, ((n + 1) * CHUNK) / portion.length))
    }
    done += portion.length
  }
  await transact(db, (trx) =>
    execute(
      trx,
      "UPDATE dry_runs SET state = 'done', progress = 1, result = ?, finished_at = ? WHERE id = ? AND state = 'running'",
      [JSON.stringify(sums.result()), clock(), id],
    ),
  )
}

/** What the past says of some customers: when each rule of an automation held, and when they came and went in segments. */
async function askPast(
  db: Database,
  definition: Automation,
  { customers, days, timeZone }: { customers: readonly number[]; days: Days; timeZone: string },
  onProgress: (part: number) => Promise<void>,
) {
  const times = new Map<string, RuleTimes>()
  const asked = [...rulesIn(definition), ...reachabilities(definition)]
  for (const [n, { path, rule }] of asked.entries()) {
    times.set(path, await ruleTimes(db, { rule, scope: definition.scope, timeZone }, customers, days))
    await onProgress((n + 1) / (asked.length + 1))
  }
  return { times, ofSegments: grouped(await segmentHappenings(db, definition, { customers, days, timeZone })) }
}

/** One customer's ways, one after the other: who may enter again does, never twice at once unless that is asked for. */
function waysOf(
  definition: Automation,
  entries: readonly Entry[],
  worldOf: (entry: Entry) => World,
  until: Date,
): { entry: Entry; way: Way }[] {
  const { again, at_once: atOnce, only } = definition
  const last = new Map<number, { at: Date; way: Way }>()
  return entries.flatMap((entry) => {
    const world = worldOf(entry)
    const before = last.get(entry.providerId)
    if (only !== undefined && world.holdsFrom('/only', entry.at, entry.at) === null) return []
    if (before !== undefined) {
      // what comes twice at one instant lets enter once
      if (before.at.getTime() === entry.at.getTime() && !(atOnce === true && again === 'each')) return []
      const isInside = before.way.endedAt === null || before.way.endedAt > entry.at
      if (isInside && atOnce !== true) return []
      if (again === 'never') return []
      if (again !== 'each' && after(before.at, again.after, world.timeZone) > entry.at) return []
    }
    const way = simulate(definition, entry.at, until, world)
    last.set(entry.providerId, { at: entry.at, way })
    return [{ entry, way }]
  })
}

const reachPath = (channel: string) => `reachable ${channel}`

/** Who can be written to is asked as a rule, of each channel that is used. */
function reachabilities(definition: Automation): { path: string; rule: Rule }[] {
  const channels = new Set(stepsOf(definition).flatMap(({ step }) => ('send' in step ? [step.send.channel] : [])))
  return [...channels].map((channel) => ({
    path: reachPath(channel),
    rule: { fact: 'reachable', channel, is: 'true' },
  }))
}

/** What an automation waits for and ends by, as it happened to some customers, in the order of time. */
async function happeningsOf(
  db: Database,
  definition: Automation,
  customers: readonly number[],
  ofSegments: ReadonlyMap<number, readonly Happened[]>,
  { days, timeZone }: { days: Days; timeZone: string },
): Promise<Map<number, Happened[]>> {
  const period = { from: days.begin, to: days.ends.at(-1) ?? days.begin, timeZone }
  const found: Happened[] = customers.flatMap((customer) => ofSegments.get(customer) ?? [])
  for (const on of new Set(heardBy(definition).map((one) => one.on))) {
    if (on !== 'enters_segment' && on !== 'leaves_segment') found.push(...(await happened(db, on, period, customers)))
  }
  return grouped(found.sort((one, other) => one.at.getTime() - other.at.getTime()))
}

function grouped<One extends { customerId: number }>(those: readonly One[]): Map<number, One[]> {
  const map = new Map<number, One[]>()
  for (const one of those) {
    const theirs = map.get(one.customerId)
    if (theirs === undefined) map.set(one.customerId, [one])
    else theirs.push(one)
  }
  return map
}

async function storeWays(
  db: Database,
  id: number,
  ways: readonly { entry: Entry; way: Way }[],
  timeZone: string,
): Promise<void> {
  await insertRows(
    db,
    'dry_run_ways',
    ['dry_run_id', 'customer_id', 'provider_id', 'entered_at', 'entered_on', 'ended_at', 'reason', 'events'],
    ways.map(({ entry, way }) => [
      ...[id, entry.customerId, entry.providerId, entry.at, dayOf(entry.at, timeZone), way.endedAt],
      ...[way.end === 'inside' ? null : (way.reason ?? way.end), JSON.stringify(way.events)],
    ]),
  )
}

/** What a replay comes to. */
class Sums {
  readonly #definition: Automation
  readonly #timeZone: string
  readonly #costs: GiftCosts
  readonly #days: Map<Day, { entered: number; messages: number; rewards: number }>
  readonly #steps: Map<string, { arrived: number; inside: number; ways: Record<string, number> }>
  readonly #ends = new Map<string, number>()
  readonly #customers = new Set<number>()
  #entered = 0
  #inside = 0
  #messages = 0
  #notSent = 0
  #rewards = 0
  #cost: number | null = 0

  constructor(definition: Automation, { days }: Days, timeZone: string, costs: GiftCosts) {
    this.#definition = definition
    this.#timeZone = timeZone
    this.#costs = costs
    this.#days = new Map(days.map((day) => [day, { entered: 0, messages: 0, rewards: 0 }]))
    this.#steps = new Map(
      stepsOf(definition).map(({ step }) => [step.id, { arrived: 0, inside: 0, ways: {} as Record<string, number> }]),
    )
  }

  async add({ customerId, providerId, at }: Entry, way: Way): Promise<void> {
    this.#entered += 1
    this.#customers.add(customerId)
    this.#count(at, 'entered')
    for (const event of way.events) {
      const step = event.step === null ? undefined : this.#steps.get(event.step)
      if (event.what === 'sent') this.#messages += this.#count(event.at, 'messages')
      if (event.what === 'not_sent') this.#notSent += 1
      if (event.what === 'gave' && event.step !== null) {
        this.#rewards += this.#count(event.at, 'rewards')
        const cost = await this.#costs.of(event.step, providerId)
        this.#cost = cost === null || this.#cost === null ? null : this.#cost + cost
      }
      if (step === undefined) continue
      // a message with a reward is one arrival, as is a wait with its end
      if (this.#isArrival(event.step ?? '', event.what)) step.arrived += 1
      if (event.way !== null) step.ways[event.way] = (step.ways[event.way] ?? 0) + 1
    }
    if (way.end === 'inside') {
      this.#inside += 1
      const stands = way.step === null ? undefined : this.#steps.get(way.step)
      if (stands !== undefined) stands.inside += 1
    } else {
      const reason = way.reason ?? way.end
      this.#ends.set(reason, (this.#ends.get(reason) ?? 0) + 1)
    }
  }

  #isArrival(id: string, what: string): boolean {
    if (what === 'goes_on') return false
    const step = stepsOf(this.#definition).find((place) => place.step.id === id)?.step
    const kind = step === undefined ? undefined : kindOf(step)
    if (kind === 'wait_for') return what === 'waits'
    return !(kind === 'send' && what === 'gave')
  }

  #count(at: Date, what: 'entered' | 'messages' | 'rewards'): number {
    const day = this.#days.get(dayOf(at, this.#timeZone))
    if (day !== undefined) day[what] += 1
    return 1
  }

  result(): Result {
    const kinds = new Set([this.#definition.when.on, ...heardBy(this.#definition).map(({ on }) => on)])
    return {
      entered: this.#entered,
      customers: this.#customers.size,
      inside: this.#inside,
      messages: this.#messages,
      not_sent: this.#notSent,
      rewards: this.#rewards,
      cost_at_most: this.#cost,
      days: [...this.#days].map(([day, counts]) => ({ day, ...counts })),
      steps: [...this.#steps].map(([step, counts]) => ({ step, ...counts })),
      ends: [...this.#ends].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count),
      not_replayed: [...kinds].filter((on) => !isKnownOfThePast(on)),
    }
  }
}
