import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../scripts/parts/ports.ts'
import { ROOT } from '../../scripts/parts/root.ts'

export type Options = {
  /** The data folder; a new one when it is left out. */
  data?: string
  port?: number
  /** One process of a system whose parts run apart; `all` when it is left out. */
  role?: 'api' | 'worker'
  /** Further environment. */
  env?: Record<string, string>
}

/** The key with which the tests call the API. */
const KEY = `test-${randomUUID()}`
const READY_WITHIN = 150_000

/** The whole system, as `npm start` brings it up. */
export class RunningSystem {
  readonly url: string
  readonly data: string
  readonly port: number
  readonly #npm: ChildProcess
  readonly #ready: string
  #output = ''

  private constructor(options: Options, port: number) {
    this.port = port
    this.url = `http://localhost:${port}`
    this.data = options.data ?? mkdtempSync(join(tmpdir(), 'perennial-system-'))
    const {
      NODE_OPTIONS: _,
      TEMPORAL_ADDRESS: __,
      DATABASE_URL: ___,
      NODE_ENV: ____,
      npm_lifecycle_event: _____,
      ...env
    } = process.env
    this.#ready = options.role === 'worker' ? 'ready worker' : `ready ${this.url}`
    this.#npm = spawn('npm', ['start', ...(options.role === undefined ? [] : ['--', options.role])], {
      cwd: ROOT,
      env: { ...env, PORT: String(port), PERENNIAL_DATA: this.data, PERENNIAL_API_KEY: KEY, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const collect = (chunk: Buffer) => {
      this.#output += chunk.toString()
    }
    this.#npm.stdout?.on('data', collect)
    this.#npm.stderr?.on('data', collect)
  }

  /** Begins a start without waiting for it. */
  static async begin(options: Options = {}): Promise<RunningSystem> {
    return new RunningSystem(options, options.port ?? (await freePort()))
  }

  /** Starts the system and waits for its `ready` line; throws with all it said when it ends before. */
  static async start(options: Options = {}): Promise<RunningSystem> {
    const system = await RunningSystem.begin(options)
    const until = performance.now() + READY_WITHIN
    while (!system.output.split('\n').includes(system.#ready)) {
      if (system.ended || performance.now() > until) {
        await system.remove()
        throw new Error(`npm start did not get ready:\n${system.output}`)
      }
      await sleep(50)
    }
    return system
  }

  get output(): string {
    return this.#output
  }

  get pid(): number {
    return this.#npm.pid ?? 0
  }

  get ended(): boolean {
    return this.#npm.exitCode !== null || this.#npm.signalCode !== null
  }

  /** Waits for the end of `npm start`. Returns its exit code. */
  async end(): Promise<number> {
    while (!this.ended) await sleep(50)
    return this.#npm.exitCode ?? -1
  }

  /** Asks `npm start` to stop, as a process manager does. */
  async stop(): Promise<number> {
    this.#npm.kill('SIGTERM')
    return await this.end()
  }

  /** Every process that belongs to this system: those that have its data folder in their environment. */
  processes(): number[] {
    const marker = `PERENNIAL_DATA=${this.data}\0`
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && readText(`/proc/${name}/environ`).includes(marker))
      .map(Number)
  }

  /** `kill -9` of every process at once. */
  async killEverything(): Promise<void> {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it was quicker
      }
    }
    while (this.processes().length > 0) await sleep(20)
  }

  /** Kills what is left and removes the data. */
  async remove(): Promise<void> {
    await this.killEverything()
    rmSync(this.data, { recursive: true, force: true })
  }

  /**
   * Calls the API with the key that may do everything. Throws on an answer that is not good.
   *
   * @param once names the call when it is repeated until an answer comes: what it does is done once
   */
  async call<Answer>(method: string, path: string, body?: unknown, once: string = randomUUID()): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${KEY}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (method !== 'GET') headers['idempotency-key'] = once
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
}

/** A file of /proc; empty when its process has just ended. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

/** Asks again and again until the answer is what is waited for; throws with the last one when that takes too long. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  good: (value: Value) => boolean,
  within = 60_000,
): Promise<Value> {
  const until = performance.now() + within
  while (true) {
    const value = await ask()
    if (good(value)) return value
    if (performance.now() > until) throw new Error(`not within ${within / 1000} s: ${JSON.stringify(value)}`)
    await sleep(100)
  }
}
