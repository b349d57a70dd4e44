import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Part, spawnPart, whenReady } from './child.ts'
import { Hint } from './hint.ts'
import type { Started } from './lock.ts'
import { logEnd } from './log.ts'
import { identify, stopProcess } from './processes.ts'
import { say } from './progress.ts'

/** Where processes are noted as soon as they exist, and forgotten once they have ended. */
export type Register = { note(started: Started): void; forget(pid: number): void }

type Running = { part: Part; child: ChildProcess; started: Started; crashes: number }

/** A part that has run this long before it fails is started again without counting earlier failures. */
const STEADY = 60_000
const CRASHES_IN_A_ROW = 5

/**
 * Starts parts, starts those again that end without being asked (after 1, 2, 4, … seconds), and stops all of them in
 * the opposite order.
 */
export class Supervisor {
  readonly #logs: string
  readonly #register: Register
  readonly #givenUp: (why: Hint) => void
  readonly #running: Running[] = []
  #stopping = false

  /** @param givenUp called when a part keeps failing; the caller stops everything then */
  constructor(logs: string, register: Register, givenUp: (why: Hint) => void) {
    this.#logs = logs
    this.#register = register
    this.#givenUp = givenUp
  }

  /** Starts a part and waits until it can be used. Throws a Hint when it cannot. */
  async start(part: Part): Promise<void> {
    if (this.#stopping) throw new Hint('Stopped while starting.')
    const running = this.#spawn(part, 0)
    this.#running.push(running)
    await whenReady(part, running.child, this.#logs)
    this.#watch(running)
  }

  /** Stops all parts, the last started first, each with its own patience. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const { started } of [...this.#running].reverse()) {
      await stopProcess(started, started.patience)
      this.#register.forget(started.pid)
    }
  }

  #spawn(part: Part, crashes: number): Running {
    const child = spawnPart(part, this.#logs)
    const { pid } = child
    // without a number it could not be started at all, which its 'error' event says
    const started = { ...identify(pid ?? 0), name: part.name, patience: part.patience }
    if (pid !== undefined) this.#register.note(started)
    return { part, child, started, crashes }
  }

  #watch(running: Running): void {
    const since = performance.now()
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      this.#register.forget(running.started.pid)
      if (!this.#stopping) void this.#again(running, since, signal ?? `code ${code}`)
    }
    const { child } = running
    if (child.exitCode !== null || child.signalCode !== null) ended(child.exitCode, child.signalCode)
    else child.once('exit', ended)
  }

  /** Starts a part again that ended without being asked. */
  async #again(running: Running, since: number, how: string): Promise<void> {
    const { part } = running
    const crashes = performance.now() - since > STEADY ? 1 : running.crashes + 1
    if (crashes > CRASHES_IN_A_ROW) {
      this.#givenUp(
        new Hint(`The ${part.name} keeps ending (${how}). Its last words:\n${logEnd(this.#logs, part.name)}`),
      )
      return
    }
    const pause = 2 ** (crashes - 1)
    say(part.name, `ended without being asked (${how}); starting it again in ${pause} s`)
    await sleep(pause * 1000)
    if (this.#stopping) return
    const next = this.#spawn(part, crashes)
    this.#running[this.#running.indexOf(running)] = next
    const began = performance.now()
    try {
      await whenReady(part, next.child, this.#logs)
      say(part.name, 'is back')
      this.#watch(next)
    } catch {
      await stopProcess(next.started, part.patience)
      this.#register.forget(next.started.pid)
      if (!this.#stopping) await this.#again(next, began, 'while starting')
    }
  }
}
