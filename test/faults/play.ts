import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { randomFrom } from '../support/random.ts'
import { startFaultyServer } from '../support/smtp.ts'
import { until } from '../support/until.ts'
import { Client } from './client.ts'
import { findFaults, isQuiet } from './compare.ts'
import { Fleet, type Place, type Role } from './fleet.ts'
import { doMainJob, jobFaults } from './job.ts'
import { fill, Load } from './load.ts'

/** Something beside our own processes that is killed and brought back, such as a node of the database. */
export type Strike = { name: string /** Kills it, and settles when it is back. */; strike(): Promise<void> }

export type Play = {
  roles: readonly Role[]
  /** What the processes work with; the first is also where the result is read. */
  places: readonly Place[]
  namespace: string
  /** How long the load goes on, in seconds. */
  seconds: number
  /** The pause between two kills of our own processes, in seconds. */
  pause: number
  /** Struck one after the other, spread over the time. */
  strikes?: readonly Strike[]
  seed: number
  say?: (line: string) => void
}

export type Outcome = {
  faults: string[]
  /** Of the time until a page was read, in milliseconds. */
  reads: { count: number; p50: number; p95: number; longest: number }
  kills: string[]
  /** Calls that were made again because nobody answered. */
  repeated: number
  bookings: number
  redemptions: number
  /** For how many mailings of a week many asked at once. */
  races: number
  /** Members of the main job's segment whose history shows the mail. */
  members: number
  strange: string[]
}

/**
 * Several API and worker processes under load, one of them killed every few seconds: what comes of it, held against what
 * callers were told and what the mail server counted. The database has to be migrated and empty.
 */
export async function play({
  roles,
  places,
  namespace,
  seconds,
  pause,
  strikes = [],
  seed,
  say = () => {},
}: Play): Promise<Outcome> {
  const random = randomFrom(seed)
  const sink = await startFaultyServer(['accept'])
  const db = openDatabase((places[0] as Place).databaseUrl, 4)
  await installStandardSegments(db, new Date())
  const fleet = await Fleet.start(roles, places, {
    ...{ TEMPORAL_NAMESPACE: namespace, SMTP_URL: sink.url.split('?')[0] ?? '', PUBLIC_URL: 'http://studio.test' },
  })
  try {
    const client = new Client(fleet.urls)
    say(`${fleet.size} processes are up`)
    await fill(client)
    const load = new Load(client, random)
    const kills: string[] = []
    const over = load.run()
    const ordered = load.order()
    const done = doMainJob(client)
    // it is looked at in the end, whatever fails until then
    done.catch(() => {})
    const ends = Date.now() + seconds * 1_000
    const ours = async () => {
      while (Date.now() < ends) {
        await sleep(pause * 1_000)
        kills.push(await fleet.strike(random.int(0, fleet.size - 1)))
        say(`killed: ${kills.at(-1)}`)
      }
    }
    const others = async () => {
      for (const { name, strike } of strikes) {
        await sleep((seconds * 1_000) / (strikes.length + 1))
        kills.push(name)
        say(`killed: ${name}`)
        await strike()
      }
    }
    await Promise.all([ours(), others()])
    load.stop()
    await over
    const campaign = await ordered
    const job = await done
    say('the load is over')
    await until(() => isQuiet(db, campaign), 300_000)
    const faults = [
      ...(await findFaults(db, { campaign, told: load.told, mails: sink.mails, kills: kills.length })),
      ...(await jobFaults(db, job, sink.mails)),
    ]
    return {
      ...{ faults, reads: spread(client.reads), kills, repeated: client.repeated },
      ...{
        bookings: load.told.bookings.size,
        redemptions: [...load.told.tills.values()].filter((told) => told > 0).length,
        races: load.told.slots.size,
        members: job.sent.length,
      },
      strange: [...client.strange].map(([status, where]) => `${status} ${where}`),
    }
  } finally {
    await fleet.end()
    await db.destroy()
    await sink.close()
  }
}

function spread(times: readonly number[]): Outcome['reads'] {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), longest: at(1) }
}
