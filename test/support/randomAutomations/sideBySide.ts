import { chanceOf, holdoutSeed, splitSeed } from '../../../domain/automations/chance.ts'
import { type Database, rows } from '../../../domain/database.ts'
import { automationOf, templateOf } from '../automations.ts'
import { walkAlone } from '../naive/automations.ts'
import type { Lived } from '../naive/person.ts'
import { randomFrom } from '../random.ts'
import { recordingChannel } from '../sending.ts'
import { type Made, randomAutomation } from './automation.ts'
import { randomLives } from './life.ts'
import { emptyBusiness, playLives, type startHook } from './play.ts'
import { PROVIDERS, randomSegments, STATUS_RULES } from './rules.ts'

const CUSTOMERS = 3
const DAYS = 7

/** In Zurich and St. John’s the clocks change within these days. */
export const TIMES = [
  { timeZone: 'Europe/Zurich', from: new Date('2026-10-22T22:00:00.437Z') },
  { timeZone: 'Europe/Zurich', from: new Date('2026-03-26T23:00:00.437Z') },
  { timeZone: 'UTC', from: new Date('2026-06-01T00:00:00.437Z') },
  { timeZone: 'America/St_Johns', from: new Date('2026-10-29T02:30:00.437Z') },
] as const

/** What one life came to, and what walking it alone says, each with what it takes to see why. */
type Difference = { actual: object; expected: object }

/**
 * Lets random automations run side by side over random lives, each over customers of its own, and walks each life alone.
 *
 * @param run a run is the same each time
 * @returns the lives that differ; how many messages and rewards there were; what was done outside, really and as was walked
 */
export async function runSideBySide(
  db: Database,
  run: number,
  { automations, hook }: { automations: number; hook: Awaited<ReturnType<typeof startHook>> },
) {
  const random = randomFrom(run)
  const { timeZone, from } = TIMES[run % TIMES.length] ?? TIMES[0]
  const quiet = run % 3 === 1 ? { from: '21:13', to: '07:41' } : null
  const cap = run % 3 === 2 ? { mails: 2, days: 1 } : null
  const business = { timeZone, providers: PROVIDERS, segments: randomSegments(random), statuses: STATUS_RULES }
  const clock = { now: from }
  const { channel, taken } = recordingChannel()
  await emptyBusiness(db, { customers: automations * CUSTOMERS, together: CUSTOMERS, business, quiet, cap }, from)
  await templateOf(db, 'hello', from)
  const lives: { customer: string; made: Made; id: number; life: Lived[] }[] = []
  for (let n = 0; n < automations; n++) {
    const made = randomAutomation(random, n, business.segments, { hook: hook.url })
    const id = await automationOf(db, made.automation, from, `a${n}`)
    const those = randomLives(random, n, { words: made.words, from, days: DAYS, people: CUSTOMERS })
    for (const [c, life] of those.entries()) lives.push({ customer: `c${n * CUSTOMERS + c}`, made, id, life })
  }
  const calledBefore = hook.count()
  const until = new Date(from.getTime() + (DAYS + 1) * 86_400_000)
  await playLives(db, lives, { clock, channel }, until)

  const people = await rows<{ id: number; external_id: string; language: string; status: string }>(
    db,
    'SELECT id, external_id, language, status FROM customers',
  )
  const campaigns = await rows<{ id: number; automation_id: number; step: string; provider_id: number }>(
    db,
    'SELECT id, automation_id, step, provider_id FROM campaigns',
  )
  const walks = await everyWalk(db)
  let moved = 0
  const differences: Difference[] = []
  const outside = { told: 0, called: 0 }
  for (const { customer, made, id, life } of lives) {
    const person = people.find(({ external_id }) => external_id === customer)
    if (person === undefined) throw new Error(customer)
    const sent = walks.sentOf(person.id)
    const who = { id: person.id, language: person.language, group: `g${made.words.service.slice('service '.length)}` }
    const alone = walkAlone(
      made.automation,
      {
        ...{ business, who, life, quiet, cap },
        chance: (step) => chanceOf(step === '' ? holdoutSeed(id) : splitSeed(id, step), person.id),
        // they are spread over a second for each message
        released: (step, provider, ended) => {
          const late = (at: Date) => at.getTime() - ended
          const found = sent.find(
            (one) => one.step === step && one.provider === provider && late(one.at) >= 0 && late(one.at) < 120_000,
          )
          return found?.at.getTime() ?? ended
        },
        turn: (step, provider) =>
          campaigns.find((one) => one.automation_id === id && one.step === step && one.provider_id === provider)?.id ??
          0,
      },
      from,
      until,
    )
    const steps = outward(made)
    const actual = unordered({ ...walks.of(person.id, steps), status: person.status })
    const expected = unordered(alone)
    const context = { run, customer, ...made, life }
    if (!same(actual, expected))
      differences.push({ actual: { ...context, ...actual }, expected: { ...context, ...expected } })
    moved += alone.sends.length + alone.gifts.length
    const tells = (step: string) => JSON.stringify(made.automation).includes(`"id":"${step}","tell"`)
    for (const act of alone.acts) outside[tells(act.split('@')[0] ?? '') ? 'told' : 'called'] += 1
  }
  return {
    differences,
    moved,
    walked: outside,
    really: { told: taken.filter(({ to }) => to === 'boss@studio.test').length, called: hook.count() - calledBefore },
  }
}

const grouped = <Row extends { customer: number }>(found: readonly Row[]): Map<number, Row[]> => {
  const map = new Map<number, Row[]>()
  for (const row of found) map.set(row.customer, [...(map.get(row.customer) ?? []), row])
  return map
}

/** Everything that lives are compared by, of each customer. */
async function everyWalk(db: Database) {
  type At = { customer: number; step: string; at: Date }
  const read = async <Row extends { customer: number }>(sql: string) => grouped(await rows<Row>(db, sql))
  const sent = await read<At & { provider: number }>(
    `SELECT d.customer_id AS customer, p.step, p.provider_id AS provider, d.sent_at AS at
     FROM deliveries d JOIN campaigns p ON p.id = d.campaign_id WHERE d.state = 'sent' ORDER BY d.sent_at, p.id`,
  )
  const given = await read<At>(
    'SELECT customer_id AS customer, step, created_at AS at FROM rewards ORDER BY created_at, id',
  )
  const acts = await read<At>(
    `SELECT e.customer_id AS customer, s.step, s.left_at AS at FROM enrolment_steps s
     JOIN enrolments e ON e.id = s.enrolment_id WHERE s.outcome = 'passed' ORDER BY s.left_at, e.id, s.turn`,
  )
  const ends = await read<{ customer: number; state: string; reason: string | null; step: string }>(
    'SELECT customer_id AS customer, state, reason, step FROM enrolments ORDER BY entered_at, provider_id, id',
  )
  const tags = await read<{ customer: number; tag: string }>(
    'SELECT customer_id AS customer, tag FROM customer_tags ORDER BY tag',
  )
  const members = await read<{ customer: number; name: string }>(
    `SELECT m.customer_id AS customer, IF(m.provider_id = 0, s.\`key\`, CONCAT(s.\`key\`, '/', m.provider_id)) AS name
     FROM segment_members m JOIN segments s ON s.id = m.segment_id ORDER BY name`,
  )
  const named = ({ step, at }: At) => `${step.replace(/:.*/, '')}@${at.toISOString()}`
  return {
    sentOf: (customer: number) => sent.get(customer) ?? [],
    of: (customer: number, steps: ReadonlySet<string>) => ({
      sends: (sent.get(customer) ?? []).map(named),
      gifts: (given.get(customer) ?? []).map(named),
      acts: (acts.get(customer) ?? []).filter(({ step }) => steps.has(step)).map(named),
      ends: (ends.get(customer) ?? []).map(({ state, reason, step }) =>
        state === 'active' ? `at ${step}` : reason === null ? state : `${state} ${reason}`,
      ),
      tags: (tags.get(customer) ?? []).map(({ tag }) => tag),
      segments: (members.get(customer) ?? []).map(({ name }) => name).sort(),
    }),
  }
}

/** The steps at which something is done outside, by what they are. */
const outward = ({ automation }: Made) =>
  new Set(
    JSON.stringify(automation)
      .match(/"id":"s\d+","(?:tell|call)"/g)
      ?.map((text) => text.split('"')[3] ?? ''),
  )

/** What several ways of one customer do at one instant has no order. */
const unordered = <One extends { sends: string[]; gifts: string[]; acts: string[] }>(one: One): One => {
  const sorted = (list: readonly string[]) =>
    [...list].sort((first, other) => `${first.split('@')[1]} ${first}`.localeCompare(`${other.split('@')[1]} ${other}`))
  return { ...one, sends: sorted(one.sends), gifts: sorted(one.gifts), acts: sorted(one.acts) }
}

const same = (one: object, other: object) => {
  const text = (of: object) =>
    JSON.stringify(Object.entries(of).sort(([first], [second]) => first.localeCompare(second)))
  return text(one) === text(other)
}
