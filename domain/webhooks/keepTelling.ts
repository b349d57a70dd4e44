import { KEPT_DAYS } from '../../rules/webhooks/events.ts'
import { type Database, execute, rows } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { distribute } from './distribute.ts'
import { tellAdmins } from './tellAdmins.ts'
import { tryCalls } from './tryCalls.ts'

/** So many endpoints are called side by side by one process. */
const ENDPOINTS = 20
/** How often old events are looked for, in milliseconds. */
const SWEEP_EVERY = 3_600_000
const SWEPT_AT_ONCE = 1_000

export type TellingParts = {
  db: Database
  /** By which admins are told that an endpoint was switched off. */
  email: Channel
  publicUrl: string
  clock: () => Date
  allowPrivate: boolean
  onTrouble: (error: unknown) => void
}

/**
 * Tells endpoints what has happened: one look at what is new and what is due, to be repeated every second by each worker. An
 * endpoint that is slow keeps no other: its calls go on while the next looks come back.
 */
export class Telling {
  readonly #parts: TellingParts
  /** The endpoints that this process is calling. */
  readonly #busy = new Map<number, Promise<void>>()
  #sweptAt = 0
  #stopped = false

  constructor(parts: TellingParts) {
    this.#parts = parts
  }

  /** Distributes what is new and begins the calls that are due. */
  async look(): Promise<void> {
    const { db, clock, email, publicUrl } = this.#parts
    while (!this.#stopped && (await distribute(db, clock())));
    for (const endpoint of await this.#due()) {
      if (this.#stopped || this.#busy.size >= ENDPOINTS) break
      const calls = this.#call(endpoint).finally(() => this.#busy.delete(endpoint))
      this.#busy.set(endpoint, calls)
    }
    await tellAdmins(db, email, publicUrl, clock())
    await this.#sweep()
  }

  /** Waits for the calls that are being made, and makes no more. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.settled()
  }

  /** Waits for the calls that are being made. */
  async settled(): Promise<void> {
    await Promise.all(this.#busy.values())
  }

  async #due(): Promise<number[]> {
    const { db, clock } = this.#parts
    const endpoints = await rows<{ id: number }>(
      db,
      `SELECT w.id FROM webhook_endpoints w WHERE w.state = 'on' AND EXISTS (
         SELECT 1 FROM webhook_calls c WHERE c.state = 'queued' AND c.endpoint_id = w.id AND c.due_at <= ?)`,
      [clock()],
    )
    return endpoints.map(({ id }) => id).filter((id) => !this.#busy.has(id))
  }

  async #call(endpoint: number): Promise<void> {
    const { db, clock, allowPrivate, onTrouble } = this.#parts
    try {
      while (!this.#stopped && (await tryCalls(db, endpoint, { clock, allowPrivate })) > 0);
    } catch (error) {
      onTrouble(error)
    }
  }

  /** What is older than a month goes, with its calls and their tries. */
  async #sweep(): Promise<void> {
    const { db, clock } = this.#parts
    const now = clock().getTime()
    if (now - this.#sweptAt < SWEEP_EVERY) return
    this.#sweptAt = now
    const before = new Date(now - KEPT_DAYS * 86_400_000)
    let gone: number
    do {
      gone = await execute(db, `DELETE FROM webhook_events WHERE at < ? ORDER BY at LIMIT ${SWEPT_AT_ONCE}`, [before])
    } while (gone === SWEPT_AT_ONCE && !this.#stopped)
  }
}
