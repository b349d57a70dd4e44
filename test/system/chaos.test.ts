import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Random, randomFrom } from '../support/random.ts'
import { type Behaviour, type FaultyServer, startFaultyServer } from '../support/smtp.ts'
import { eventually, RunningSystem } from '../support/system.ts'

/** The most that one worker has in hand at a time. */
const BATCH = 50
const CUSTOMERS = 3_000
const LONG = process.env.PERENNIAL_LONG === '1'
const ROUNDS = Number(process.env.PERENNIAL_ROUNDS ?? (LONG ? 10 : 1))
const SEED = Number(process.env.PERENNIAL_SEED ?? 20_261_130)

/** What is killed, by what its command line has. */
const PARTS = {
  worker: /activities\/worker\.ts/,
  api: /api\/main\.ts/,
  temporal: /temporal.*start-dev/,
  database: /(mariadbd|mysqld)/,
} as const
type Part = keyof typeof PARTS

type Campaign = {
  id: string
  subject: string
  state: string
  total: number
  sent: number
  bounced: number
  failed: number
  unconfirmed: number
  cancelled: number
}
type Page = { items: { customer: { id: string } }[]; next: string | null }

const ids = Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`)
const numberOf = (name: string) => Number(name.slice(1))
/** Of every hundred, the sink refuses one for good and puts one off at its first try of a round. */
const isRefused = (name: string) => numberOf(name) % 100 === 41
const isPutOff = (name: string) => numberOf(name) % 100 === 67
const nameOf = (address: string) => address.replace(/@.*$/, '')

/** What was put off in this round already. */
const putOff = new Set<string>()

function behave(to: string): Behaviour {
  const name = nameOf(to)
  if (isRefused(name)) return { refuse: 'RCPT', answer: '554 5.6.0 not this one' }
  if (!isPutOff(name) || putOff.has(name)) return 'accept'
  putOff.add(name)
  return { refuse: 'RCPT', answer: '451 4.7.1 later' }
}

let system: RunningSystem
let sink: FaultyServer
beforeAll(async () => {
  sink = await startFaultyServer(behave)
  system = await RunningSystem.start({ env: { PERENNIAL_DEMO: '0', SMTP_URL: sink.url.split('?')[0] ?? '' } })
}, 180_000)
afterAll(async () => {
  await system?.remove()
  await sink?.close()
})

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const left = [...items]
  return items.flatMap(() => left.splice(random.int(0, left.length - 1), 1))
}

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** `kill -9` of one part, as soon as it is there. */
async function killPart(part: Part): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const pids = system.processes().filter((pid) => PARTS[part].test(commandOf(pid)))
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it was quicker
      }
    }
    if (pids.length > 0) return
    await sleep(50)
  }
  throw new Error(`there is no ${part} to kill`)
}

/** Asks while parts of the system are away. Throws what is said of a mistake in what was asked. */
const patiently = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  eventually<Answer | null>(
    () =>
      ask().catch((error: Error) => {
        if (/: 4\d\d /.test(error.message)) throw error
        return null
      }),
    (answer) => answer !== null,
    120_000,
  ) as Promise<Answer>

async function customersIn(campaign: string, state: string): Promise<string[]> {
  const names: string[] = []
  for (let cursor = ''; ; ) {
    const path = `/deliveries?campaign=${campaign}&state=${state}&limit=200${cursor}`
    const page = await patiently(() => system.call<Page>('GET', path))
    names.push(...page.items.map(({ customer }) => customer.id))
    if (page.next === null) return names
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

const ordersOf = async (subject: string): Promise<string[]> => {
  const { items } = await patiently(() => system.call<{ items: Campaign[] }>('GET', '/campaigns?limit=100'))
  return items.filter((campaign) => campaign.subject === subject).map(({ id }) => id)
}

/**
 * Orders a campaign while a part that takes the order is killed. As the documentation of the API says, the order is
 * repeated under its key until there is an answer; where that says that it was interrupted, one looks, and orders anew.
 */
async function order(subject: string, killed: Part, after: number): Promise<string> {
  const content = { subject, html: '<p>Each of you once.</p>' }
  const ask = (key: string) =>
    patiently(() =>
      system.call<Campaign>('POST', '/campaigns', { customers: ids, content }, key).catch((error: Error) => {
        if (error.message.includes(': 409 ')) return 'interrupted' as const
        throw error
      }),
    )
  const key = `order-${SEED}-${subject.replace(' ', '-')}`
  const first = ask(key)
  await sleep(after)
  await killPart(killed)
  const answer = await first
  if (answer === 'interrupted' && (await ordersOf(subject)).length === 0) await ask(`${key}-again`)
  const made = await ordersOf(subject)
  expect(made).toHaveLength(1)
  return made[0] ?? ''
}

/** Kills every part once, in any order, each at a moment of its own by the sink's count. Returns what was killed when. */
async function killEveryPart(random: Random, before: number): Promise<string[]> {
  const parts = shuffled(random, Object.keys(PARTS) as Part[])
  const moments = parts.map(() => random.int(50, CUSTOMERS - 300)).sort((one, other) => one - other)
  const kills: string[] = []
  for (const [index, part] of parts.entries()) {
    await eventually(
      async () => sink.mails.length - before,
      (taken) => taken >= (moments[index] ?? 0),
      240_000,
    )
    kills.push(`${part} after ${sink.mails.length - before}`)
    await killPart(part)
  }
  return kills
}

const twiceIn = (names: readonly string[]): string[] => {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}

/** Who got the mails of a round, by the sink's own count. */
const takenIn = (subject: string): string[] =>
  sink.mails.filter(({ source }) => source.includes(`Subject: ${subject}\r\n`)).map(({ to }) => nameOf(to))

/** Compares what the sink has with what the system says, once it says that a campaign is through. */
async function compare(id: string, subject: string, { kills, told }: { kills: number; told: string }): Promise<string> {
  const campaign = () => patiently(() => system.call<Campaign>('GET', `/campaigns/${id}`))
  const { total, sent, bounced, failed, unconfirmed, cancelled } = await eventually(
    campaign,
    ({ state }) => state === 'sent',
    300_000,
  )
  const taken = takenIn(subject)
  const [shown, refused, handed] = [
    await customersIn(id, 'unconfirmed'),
    await customersIn(id, 'bounced'),
    await customersIn(id, 'sent'),
  ]
  const got = new Set(taken)
  expect({ told, twice: twiceIn(taken) }).toEqual({ told, twice: [] })
  // what is called sent is there, what is called bounced is not, and nobody is left over
  expect({ told, lost: handed.filter((name) => !got.has(name)) }).toEqual({ told, lost: [] })
  expect({ told, refused: refused.filter((name) => !isRefused(name) || got.has(name)) }).toEqual({ told, refused: [] })
  const accounted = [...handed, ...refused, ...shown].toSorted()
  expect({ told, accounted }).toEqual({ told, accounted: ids.toSorted() })
  expect({ told, total, all: sent + failed + unconfirmed, cancelled }).toEqual({
    ...{ told, total: CUSTOMERS, all: CUSTOMERS, cancelled: 0 },
  })
  expect({ told, bounced, failed, shown: shown.length }).toEqual({
    ...{ told, bounced: refused.length, failed: refused.length, shown: unconfirmed },
  })
  expect({ told, few: unconfirmed <= BATCH * kills, unconfirmed }).toEqual({ told, few: true, unconfirmed })
  const arrived = shown.filter((name) => got.has(name)).length
  return `${told}: ${sent} sent, ${bounced} bounced, ${unconfirmed} unconfirmed (${arrived} of them had arrived)`
}

test(
  `${CUSTOMERS} mails while every part is killed at random moments, ${ROUNDS} rounds`,
  async () => {
    const random = randomFrom(SEED)
    const customers = ids.map((id) => ({ id, email: `${id}@example.test`, consents: { email: true } }))
    await system.call('POST', '/ingest', { customers })
    for (let round = 0; round < ROUNDS; round++) {
      putOff.clear()
      const before = sink.mails.length
      const subject = `Round ${round}`
      const first = random.pick(['api', 'database'] as const)
      const after = random.int(0, 400)
      const id = await order(subject, first, after)
      const kills = [`${first} ${after} ms after the order`, ...(await killEveryPart(random, before))]
      const told = `seed ${SEED}, round ${round}: ${kills.join(', ')}`
      const outcome = await compare(id, subject, { kills: kills.length, told })
      if (LONG) process.stderr.write(`${outcome}\n`)
      if (round === ROUNDS - 1) break
      // a part that keeps ending is given up after the sixth time in a row: each round begins anew
      const { data } = system
      await system.killEverything()
      system = await RunningSystem.start({ data, env: { PERENNIAL_DEMO: '0', SMTP_URL: sink.url.split('?')[0] ?? '' } })
    }
    // nothing came late either, long after its round
    for (let round = 0; round < ROUNDS; round++) expect(twiceIn(takenIn(`Round ${round}`))).toEqual([])
  },
  ROUNDS * 420_000,
)
