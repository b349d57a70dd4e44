import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOCAL_SMS_FROM, LOCAL_SMS_SECRET } from '../../domain/inbox/startGateways.ts'
import { Hint } from '../parts/hint.ts'
import { janitor } from '../parts/janitorPart.ts'
import { Lock } from '../parts/lock.ts'
import { freePort, isPortInUse } from '../parts/ports.ts'
import { say } from '../parts/progress.ts'
import { type Register, Supervisor } from '../parts/supervisor.ts'
import { buildUi } from '../parts/ui.ts'
import { bringUp, bringUpDatabase, bringUpTemporal } from './backing.ts'
import type { Environment } from './environment.ts'
import { fillDatabase } from './fill.ts'
import { type Addresses, apiProgram, bouncesProgram, inboxProgram, workerProgram } from './programs.ts'

/** A whole system, or one role of it. */
export class System {
  readonly #environment: Environment
  readonly #supervisor: Supervisor
  readonly #lock: Lock | undefined

  private constructor(environment: Environment, lock: Lock | undefined, givenUp: (why: Hint) => void) {
    this.#environment = environment
    this.#lock = lock
    const register: Register = lock ?? { note: () => {}, forget: () => {} }
    this.#supervisor = new Supervisor(join(environment.data, 'logs'), register, givenUp)
  }

  /**
   * Takes the data folder and the port. Only a system with everything in it has data of its own: roles run side by side.
   *
   * @param givenUp called when a part of the running system keeps failing
   * @throws Hint when another start has them
   */
  static async claim(environment: Environment, givenUp: (why: Hint) => void): Promise<System> {
    const { role, data, port } = environment
    const address = `http://localhost:${port}`
    const lock = role === 'all' ? await Lock.take(data, address, (words) => say('start', words)) : undefined
    if (role !== 'worker' && (await isPortInUse(port))) {
      lock?.release()
      throw new Hint(`Port ${port} is in use by another program. Stop it, or choose another: PORT=8090 npm start`)
    }
    return new System(environment, lock, givenUp)
  }

  /** Brings up what the role needs, from the servers to the pages. Throws a Hint when something cannot be had. */
  async start(): Promise<void> {
    const environment = this.#environment
    const supervisor = this.#supervisor
    if (this.#lock !== undefined) await supervisor.start(janitor(this.#lock.file))
    const [database, temporal, ui] = await Promise.all([
      bringUpDatabase(environment, supervisor),
      bringUpTemporal(environment, supervisor),
      environment.role === 'worker' ? '' : buildUi(),
    ])
    await fillDatabase(environment, database)
    const bounces = await this.#startBounces(database)
    const none = { smtp: '', sms: '', push: '' }
    const inbox = environment.smtpUrl === undefined ? await this.#startInbox(database, bounces) : none
    const { smtpUrl: smtp = inbox.smtp, smsUrl: sms = inbox.sms } = environment
    const addresses = { database, temporal, smtp, sms, push: inbox.push }
    await Promise.all([this.#startWorker(addresses), this.#startApi(addresses, ui)])
    if (environment.role === 'all') await untilReady(environment.port)
  }

  /** Stops what was started, the last first, and gives the data folder free. */
  async stop(): Promise<void> {
    this.#lock?.noteStopping()
    await this.#supervisor.stop()
    this.#lock?.release()
  }

  /**
   * Takes what comes back: at the port that was given, in whatever role; without one only from the local inbox. Returns
   * the port, 0 for none.
   */
  async #startBounces(database: string): Promise<number> {
    const { bouncePort, smtpUrl, role } = this.#environment
    if (bouncePort === undefined && (smtpUrl !== undefined || role === 'api')) return 0
    const port = bouncePort ?? (await freePort())
    await bringUp(this.#supervisor, bouncesProgram(this.#environment, database, port))
    return port
  }

  /** Runs where a worker runs that was given no mail server. Returns its addresses: for mails, telephones and browsers. */
  async #startInbox(database: string, bounces: number): Promise<Pick<Addresses, 'smtp' | 'sms' | 'push'>> {
    if (this.#environment.role === 'api') return { smtp: '', sms: '', push: '' }
    const port = await freePort()
    const http = await freePort()
    await bringUp(this.#supervisor, inboxProgram(this.#environment, database, { port, http, bounces }))
    const gateway = `http://local:${LOCAL_SMS_SECRET}@127.0.0.1:${http}/sms`
    return {
      smtp: `smtp://127.0.0.1:${port}`,
      sms: `${gateway}?from=${encodeURIComponent(LOCAL_SMS_FROM)}&private=1`,
      push: `http://127.0.0.1:${http}`,
    }
  }

  async #startWorker(addresses: Addresses): Promise<void> {
    if (this.#environment.role === 'api') return
    await bringUp(this.#supervisor, workerProgram(this.#environment, addresses))
  }

  async #startApi(addresses: Addresses, ui: string): Promise<void> {
    if (this.#environment.role === 'worker') return
    await bringUp(this.#supervisor, apiProgram(this.#environment, addresses, ui))
  }
}

const READY_WITHIN = 60_000

/** Waits until the API says that database, Temporal and a worker can be reached. */
async function untilReady(port: number): Promise<void> {
  const until = performance.now() + READY_WITHIN
  let words = 'no answer'
  while (performance.now() < until) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
      if (answer.ok) return
      words = (await answer.text()).slice(0, 300)
    } catch {
      // it is about to listen
    }
    await sleep(100)
  }
  throw new Hint(`The API does not get ready: ${words}`)
}
