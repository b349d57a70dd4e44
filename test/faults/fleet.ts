import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../scripts/parts/ports.ts'
import { kill, startProcess } from '../support/sending.ts'

/** What a process of ours works with: a database and a Temporal of several servers are named differently to each. */
export type Place = { databaseUrl: string; temporalAddress: string }

export type Role = 'api' | 'worker'

type Member = { role: Role; port: number; env: Record<string, string>; child: ChildProcess | null }

const FILES: Record<Role, string> = { api: 'api/main.ts', worker: 'activities/worker.ts' }

/** How long a process manager takes to notice that one is gone, in milliseconds. */
const NOTICED_AFTER = 500

/** The key with which the API is called. */
export const KEY = 'faults-key'

/** Some API and worker processes side by side. One that is killed is started again, as a process manager does. */
export class Fleet {
  readonly #members: Member[] = []
  #ending = false

  /**
   * Starts all of them and waits until each is up.
   *
   * @param roles one process for each
   * @param places which of them the n-th process works with: the n-th, then the first again
   * @param env what all of them have in their environment
   */
  static async start(roles: readonly Role[], places: readonly Place[], env: Record<string, string>): Promise<Fleet> {
    const fleet = new Fleet()
    const count: Record<Role, number> = { api: 0, worker: 0 }
    for (const role of roles) {
      const { databaseUrl, temporalAddress } = places[count[role]++ % places.length] as Place
      const port = await freePort()
      fleet.#members.push({
        role,
        port,
        child: null,
        env: {
          ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, PORT: String(port) },
          ...{ PERENNIAL_API_KEY: KEY, LOG_LEVEL: 'silent', NODE_OPTIONS: '' },
          ...env,
        },
      })
    }
    await Promise.all(fleet.#members.map((member) => fleet.#begin(member)))
    return fleet
  }

  /** The addresses of the API processes, whether they answer or not. */
  get urls(): string[] {
    return this.#members.flatMap(({ role, port }) => (role === 'api' ? [`http://127.0.0.1:${port}`] : []))
  }

  get size(): number {
    return this.#members.length
  }

  /** Kills the n-th process and starts it again. Returns when it is up, what it was. */
  async strike(n: number): Promise<Role> {
    const member = this.#members[n] as Member
    if (member.child !== null) await kill(member.child)
    await sleep(NOTICED_AFTER)
    await this.#begin(member)
    return member.role
  }

  /** Kills all of them for good. */
  async end(): Promise<void> {
    this.#ending = true
    await Promise.all(this.#members.map(({ child }) => (child === null ? undefined : kill(child))))
  }

  /** Starts a process until it stays up: what it needs may be away with something else that was killed. */
  async #begin(member: Member): Promise<void> {
    for (let tries = 0; !this.#ending; tries++) {
      try {
        const { child } = await startProcess(FILES[member.role], member.env)
        member.child = child
        if (this.#ending) await kill(child)
        return
      } catch (error) {
        if (tries === 60) throw error
        await sleep(NOTICED_AFTER)
      }
    }
  }
}
