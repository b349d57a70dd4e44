import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hint } from './hint.ts'
import { hasEnded, type Identity, identify, isAlive, stopProcess } from './processes.ts'

/** A process that a start brought up, with the time it is given to end in peace. */
export type Started = Identity & { name: string; patience: number }

type Holder = { holder: Identity; url: string; stopping: boolean; started: Started[] }

/**
 * The right to use a data folder. The file says who has it and what they started, so that the next start can tell a
 * running system from what a killed one left behind.
 */
export class Lock {
  /** The file that says who has the folder and what they started. */
  readonly file: string
  readonly #content: Holder

  private constructor(file: string, content: Holder) {
    this.file = file
    this.#content = content
  }

  /**
   * Takes the data folder, after stopping what a start that was killed left running.
   *
   * @throws Hint when a running start has it
   */
  static async take(folder: string, url: string, tell: (words: string) => void): Promise<Lock> {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'running.json')
    const lock = new Lock(file, { holder: identify(process.pid), url, stopping: false, started: [] })
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = read(file)
      if (before !== undefined) await clearAway(file, before, folder, tell)
      if (lock.#create()) return lock
    }
    throw new Hint(`Another start on ${folder} was quicker. Wait for its "ready" line, or stop it first.`)
  }

  /** Notes a process before anything else happens, so that a kill at any later moment cannot orphan it unseen. */
  note(started: Started): void {
    this.#content.started.push(started)
    this.#write()
  }

  /** Forgets a process that has ended. */
  forget(pid: number): void {
    this.#content.started = this.#content.started.filter((one) => one.pid !== pid)
    this.#write()
  }

  /** Tells a start that comes now that it is worth waiting. */
  noteStopping(): void {
    this.#content.stopping = true
    this.#write()
  }

  release(): void {
    rmSync(this.file, { force: true })
  }

  /** Makes the file in one step, complete, or not at all when somebody else has made it. */
  #create(): boolean {
    const own = `${this.file}.${process.pid}`
    writeFileSync(own, JSON.stringify(this.#content))
    try {
      linkSync(own, this.file)
      return true
    } catch {
      return false
    } finally {
      rmSync(own, { force: true })
    }
  }

  #write(): void {
    try {
      writeFileSync(`${this.file}.new`, JSON.stringify(this.#content))
      renameSync(`${this.file}.new`, this.file)
    } catch {
      // somebody removed the folder under us, or the disk is full: what runs shall still be stopped in order
    }
  }
}

function read(file: string): Holder | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return { holder: { pid: 0, began: 'unreadable' }, url: '', stopping: false, started: [] }
  }
}

/** How long a start that is stopping may take to finish what it has in hand. */
const STOPPED_WITHIN = 180_000

/** Whether a start has ended or, being told to stop a moment ago, does so while we wait. */
async function getsOutOfTheWay(file: string, holder: Identity, tell: (words: string) => void): Promise<boolean> {
  // whoever killed npm a moment ago: that is noticed within a second
  if (await hasEnded(holder, 1500)) return true
  if (read(file)?.stopping !== true) return false
  tell('waiting for an earlier start to finish stopping')
  return await hasEnded(holder, STOPPED_WITHIN)
}

/** Stops what a dead start left, newest first, and removes its file. Throws when the start is alive. */
async function clearAway(file: string, left: Holder, folder: string, tell: (words: string) => void): Promise<void> {
  if (!(await getsOutOfTheWay(file, left.holder, tell))) {
    throw new Hint(
      `Perennial is running on the data in ${folder} already: ${left.url} (process ${left.holder.pid}). ` +
        'Open that address, stop that process first, or set PERENNIAL_DATA to another folder.',
    )
  }
  const orphans = left.started.filter(isAlive).reverse()
  if (orphans.length > 0) tell(`stopping what an earlier start left: ${orphans.map(({ name }) => name).join(', ')}`)
  for (const orphan of orphans) await stopProcess(orphan, orphan.patience)
  const now = read(file)
  if (now !== undefined && now.holder.pid === left.holder.pid && now.holder.began === left.holder.began) {
    rmSync(file, { force: true })
  }
}
