import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process, told apart from a later one that happens to get the same number. */
export type Identity = { pid: number; began: string }

/**
 * When a process began, as its system says it (comparable, not readable); undefined when there is none or when it has
 * ended and only waits to be collected. Linux: field 22 of /proc/PID/stat; elsewhere what `ps` says.
 */
function beganAt(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // the second field is the program's name in brackets and may itself contain brackets and blanks
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    }
    const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return began === '' ? undefined : began
  } catch {
    return undefined
  }
}

/** Who a running process is. */
export function identify(pid: number): Identity {
  return { pid, began: beganAt(pid) ?? 'gone' }
}

/** Whether exactly this process still runs. */
export function isAlive({ pid, began }: Identity): boolean {
  return beganAt(pid) === began
}

/** Waits until a process has ended, at most so many milliseconds. Returns whether it has. */
export async function hasEnded(identity: Identity, within: number): Promise<boolean> {
  const until = performance.now() + within
  while (isAlive(identity)) {
    if (performance.now() > until) return false
    await sleep(50)
  }
  return true
}

/** Asks a process to end, and ends it by force when it has not done so in time. */
export async function stopProcess(identity: Identity, within: number): Promise<void> {
  for (const [signal, patience] of [['SIGTERM', within] as const, ['SIGKILL', 10_000] as const]) {
    if (!isAlive(identity)) return
    try {
      process.kill(identity.pid, signal)
    } catch {
      return
    }
    if (await hasEnded(identity, patience)) return
  }
}
