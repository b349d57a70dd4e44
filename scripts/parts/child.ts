import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hint } from './hint.ts'
import { logEnd, logFile, openLog } from './log.ts'
import { ROOT } from './root.ts'

/** A part of the system that runs as a process of its own. */
export type Part = {
  name: string
  command: string
  args: readonly string[]
  env?: Record<string, string>
  /** Resolves when the part can be used; asked again and again, every 100 ms, until it does not throw. */
  answers?: () => Promise<unknown>
  /** The part is one of ours: it sends a message when it is ready, and ends by itself when this process is gone. */
  ours?: boolean
  /** Milliseconds to end in after SIGTERM. */
  patience: number
  /** Writes to this process's own output instead of a log file. */
  loud?: boolean
}

/** How long a part may take from its start to its first answer: recovery after a crash can take a while. */
const READY_WITHIN = 120_000

/**
 * Starts the process of a part, in a process group of its own: Ctrl-C in a terminal reaches only the process that knows
 * the order in which to stop.
 */
export function spawnPart(part: Part, logs: string): ChildProcess {
  const log = part.loud === true ? undefined : openLog(logs, part.name)
  const output = log ?? 'inherit'
  const child = spawn(part.command, part.args, {
    cwd: ROOT,
    env: { ...process.env, ...part.env },
    stdio: part.ours === true ? ['ignore', output, output, 'ipc'] : ['ignore', output, output],
    detached: true,
  })
  if (log !== undefined) closeSync(log)
  return child
}

/**
 * Waits until a part can be used.
 *
 * @throws Hint with the end of its log when it ends before, or takes too long
 */
export async function whenReady(part: Part, child: ChildProcess, logs: string): Promise<void> {
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended ??= signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`
  })
  let ready = part.ours !== true
  child.once('message', () => {
    ready = true
  })
  const until = performance.now() + READY_WITHIN
  while (true) {
    if (ended !== undefined) throw notReady(part, ended, logs)
    if (ready && (await answers(part))) return
    if (performance.now() > until) throw notReady(part, `it gave no answer within ${READY_WITHIN / 1000} s`, logs)
    await sleep(100)
  }
}

async function answers(part: Part): Promise<boolean> {
  try {
    await part.answers?.()
    return true
  } catch {
    return false
  }
}

function notReady(part: Part, why: string, logs: string): Hint {
  const where = part.loud === true ? '' : ` The end of ${logFile(logs, part.name)}:\n${logEnd(logs, part.name)}`
  return new Hint(`The ${part.name} could not be started: ${why}.${where}`)
}
