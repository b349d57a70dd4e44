import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Random, randomFrom } from '../support/random.ts'
import { type FaultyServer, startFaultyServer } from '../support/smtp.ts'
import { eventually, RunningSystem } from '../support/system.ts'

/** The most that one worker has in hand at a time. */
const BATCH = 50
const CUSTOMERS = 3_000
const LONG = process.env.PERENNIAL_LONG === '1'
const ROUNDS = LONG ? 10 : 1
const SEED = Number(process.env.PERENNIAL_SEED ?? 20_261_130)

/** What is killed, by what its command line has. */
const PARTS = {
  worker: /activities\/worker\.ts/,
  api: /api\/main\.ts/,
  temporal: /temporal.*start-dev/,
  database: /(mariadbd|mysqld)/,
} as const
type Part = keyof typeof PARTS

type Campaign = { state: string; total: number; unconfirmed: number; bounced: number }
type Page = { items: { customer: { id: string }; state: string }[]; next: string | null }

let system: RunningSystem
let sink: FaultyServer
beforeAll(async () => {
  sink = await startFaultyServer(['accept'])
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
  for (let tries = 0; tries < 200; tries++) {
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

/** Asks while parts of the system are away. */
const patiently = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  eventually<Answer | null>(
    () => ask().catch(() => null),
    (answer) => answer !== null,
    120_000,
  ) as Promise<Answer>

async function unconfirmedOf(campaign: string): Promise<string[]> {
  const names: string[] = []
  for (let cursor = ''; ; ) {
    const path = `/deliveries?campaign=${campaign}&state=unconfirmed&limit=200${cursor}`
    const page = await patiently(() => system.call<Page>('GET', path))
    names.push(...page.items.map(({ customer }) => customer.id))
    if (page.next === null) return names
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

test(
  `${CUSTOMERS} mails while every part is killed at random moments, ${ROUNDS} rounds`,
  async () => {
    const random = randomFrom(SEED)
    const ids = Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`)
    const customers = ids.map((id) => ({ id, email: `${id}@example.test`, consents: { email: true } }))
    await system.call('POST', '/ingest', { customers })
    for (let round = 0; round < ROUNDS; round++) {
      const before = sink.mails.length
      const content = { subject: `Round ${round}`, html: '<p>Each of you once.</p>' }
      const { id } = await patiently(() =>
        system.call<{ id: string }>('POST', '/campaigns', { customers: ids, content }),
      )
      // every part once, in any order, each at a moment of its own
      const order = shuffled(random, Object.keys(PARTS) as Part[])
      const moments = order.map(() => before + random.int(100, CUSTOMERS - 300)).sort((one, other) => one - other)
      const kills: string[] = []
      for (const [index, part] of order.entries()) {
        await eventually(
          async () => sink.mails.length,
          (taken) => taken >= (moments[index] ?? 0),
          150_000,
        )
        kills.push(`${part} after ${sink.mails.length - before}`)
        await killPart(part)
      }
      const campaign = () => patiently(() => system.call<Campaign>('GET', `/campaigns/${id}`))
      const { unconfirmed, total, bounced } = await eventually(campaign, ({ state }) => state === 'sent', 200_000)
      const told = `seed ${SEED}, round ${round}: ${kills.join(', ')}`
      expect({ told, total, bounced }).toEqual({ told, total: CUSTOMERS, bounced: 0 })

      // by the sink's own count
      const taken = sink.mails.slice(before).map(({ to }) => to.replace(/@.*$/, ''))
      expect({ told, twice: taken.filter((name, index) => taken.indexOf(name) !== index) }).toEqual({ told, twice: [] })
      const shown = await unconfirmedOf(id)
      expect(shown).toHaveLength(unconfirmed)
      expect({ told, few: unconfirmed <= BATCH * kills.length, unconfirmed }).toEqual({ told, few: true, unconfirmed })
      const accounted = new Set([...taken, ...shown])
      expect({ told, forgotten: ids.filter((name) => !accounted.has(name)) }).toEqual({ told, forgotten: [] })
      if (round === ROUNDS - 1) return
      // a part that keeps ending is given up after the sixth time in a row: each round begins anew
      const { data } = system
      await system.killEverything()
      system = await RunningSystem.start({ data, env: { PERENNIAL_DEMO: '0', SMTP_URL: sink.url.split('?')[0] ?? '' } })
    }
  },
  ROUNDS * 420_000,
)
