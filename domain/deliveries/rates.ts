import { type Database, execute, rows } from '../database.ts'
import type { RateLimits } from '../settings/readSettings.ts'
import type { ChannelName } from './channels/channel.ts'

const MINUTE = 60_000
/** So much of a limit may be used up at once, in milliseconds: a second's worth, or one message. */
const BURST = 1_000

/** A limit that is being met: messages are `every` milliseconds apart, those counted so far reach to `freeAt`. */
type Rate = { name: string; every: number; freeAt: number }

const toleranceOf = ({ every }: Rate) => Math.max(BURST - every, 0)

/** How many messages a limit takes at an instant. */
function roomOf(rate: Rate, now: number): number {
  const ahead = now + toleranceOf(rate) - Math.max(rate.freeAt, now)
  return ahead < 0 ? 0 : Math.floor(ahead / rate.every) + 1
}

/** The limits of one claim, read and locked; {@link Rates.write} keeps what was counted. */
export class Rates {
  readonly #trx: Database
  readonly #now: number
  readonly #rates: ReadonlyMap<string, Rate>
  readonly #whole: readonly Rate[]

  private constructor(trx: Database, now: Date, rates: readonly Rate[], whole: ReadonlySet<string>) {
    this.#trx = trx
    this.#now = now.getTime()
    this.#rates = new Map(rates.map((rate) => [rate.name, rate]))
    this.#whole = rates.filter(({ name }) => whole.has(name))
  }

  /**
   * Reads and locks the limits that hold for a campaign as a whole: its own and its channel's.
   *
   * @param limits null for none
   */
  static async ofCampaign(
    trx: Database,
    campaign: { id: number; channel: ChannelName },
    limits: RateLimits | null,
    now: Date,
  ): Promise<Rates> {
    const names = new Map<string, number>()
    if (limits?.per_campaign !== undefined) names.set(`campaign:${campaign.id}`, limits.per_campaign)
    const ofChannel = limits?.channels?.[campaign.channel]
    if (ofChannel !== undefined) names.set(`channel:${campaign.channel}`, ofChannel)
    return new Rates(trx, now, await lock(trx, names, now), new Set(names.keys()))
  }

  /** How many messages may go now, `most` at most; and when the next one may, should that be none. */
  room(most: number): { count: number; next: Date } {
    const counts = this.#whole.map((rate) => roomOf(rate, this.#now))
    const next = Math.max(this.#now, ...this.#whole.map((rate) => rate.freeAt - toleranceOf(rate)))
    return { count: Math.min(most, ...counts), next: new Date(Math.ceil(next)) }
  }

  /** Counts so many messages of the campaign. */
  count(messages: number): void {
    for (const rate of this.#rates.values()) rate.freeAt = Math.max(rate.freeAt, this.#now) + messages * rate.every
  }

  /** Writes what was counted. */
  write(): Promise<void> {
    return store(this.#trx, [...this.#rates.values()])
  }
}

/**
 * Lets through as many messages as their domains take now. Each of the others is told when its turn may come if its
 * campaign has the domain to itself; it is looked at again then.
 *
 * @param urgent everything passes, and counts
 * @returns the instant for each that has to wait
 */
export async function admitByDomain(
  trx: Database,
  campaign: number,
  messages: readonly { id: number; address: string }[],
  { domains, urgent }: { domains: Readonly<Record<string, number>>; urgent: boolean },
  now: Date,
): Promise<Map<number, Date>> {
  const limited = messages.flatMap(({ id, address }) => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    const aMinute = domains[domain]
    return aMinute === undefined ? [] : [{ id, domain, aMinute }]
  })
  const waiting = new Map<number, Date>()
  if (limited.length === 0) return waiting
  const names = new Map(
    limited.flatMap(({ domain, aMinute }) => [
      [`domain:${domain}`, aMinute] as const,
      [`domain:${domain}:${campaign}`, aMinute] as const,
    ]),
  )
  const rates = new Map((await lock(trx, names, now)).map((rate) => [rate.name, rate]))
  for (const { id, domain } of limited) {
    const all = rates.get(`domain:${domain}`)
    const own = rates.get(`domain:${domain}:${campaign}`)
    if (all === undefined || own === undefined) continue
    const at = now.getTime()
    if (urgent || roomOf(all, at) > 0) {
      all.freeAt = Math.max(all.freeAt, at) + all.every
      continue
    }
    own.freeAt = Math.max(own.freeAt, all.freeAt)
    waiting.set(id, new Date(Math.ceil(own.freeAt)))
    own.freeAt += own.every
  }
  await store(trx, [...rates.values()])
  return waiting
}

async function lock(trx: Database, aMinute: ReadonlyMap<string, number>, now: Date): Promise<Rate[]> {
  if (aMinute.size === 0) return []
  // always in the same order, so that two claims wait for each other instead of ending each other
  const names = [...aMinute.keys()].sort()
  const marks = names.map(() => '?').join(', ')
  const read = () =>
    rows<{ name: string; free: string }>(
      trx,
      `SELECT name, UNIX_TIMESTAMP(free_at) AS free FROM send_rates WHERE name IN (${marks}) ORDER BY name FOR UPDATE`,
      names,
    )
  let found = await read()
  if (found.length < names.length) {
    const places = names.map(() => '(?, ?)').join(', ')
    const values = names.flatMap((name) => [name, now])
    await execute(trx, `INSERT IGNORE INTO send_rates (name, free_at) VALUES ${places}`, values)
    found = await read()
  }
  return found.map(({ name, free }) => ({
    name,
    every: MINUTE / (aMinute.get(name) ?? 1),
    freeAt: Number(free) * 1_000,
  }))
}

async function store(trx: Database, rates: readonly Rate[]): Promise<void> {
  if (rates.length === 0) return
  const places = rates.map(() => '(?, FROM_UNIXTIME(?))').join(', ')
  await execute(
    trx,
    `INSERT INTO send_rates (name, free_at) VALUES ${places} ON DUPLICATE KEY UPDATE free_at = VALUES(free_at)`,
    rates.flatMap(({ name, freeAt }) => [name, (freeAt / 1_000).toFixed(6)]),
  )
}

/** Forgets limits that nothing has met for a day. */
export async function forgetRates(db: Database, now: Date): Promise<void> {
  await execute(db, 'DELETE FROM send_rates WHERE free_at < ?', [new Date(now.getTime() - 24 * 60 * MINUTE)])
}
