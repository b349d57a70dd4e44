import { type ChildProcess, spawn } from 'node:child_process'

/** What runs now; nothing of it outlives this process. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export type Outcome = { code: number; output: string }

/**
 * Runs a program to its end and collects what it prints.
 *
 * @param options.within milliseconds after which it is stopped, default ten minutes
 * @returns its exit code (-1 when it could not be started or was stopped) and its output, both streams together
 */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; within?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.within ?? 600_000,
      killSignal: 'SIGKILL',
    })
    running.add(child)
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    const end = (outcome: Outcome) => {
      running.delete(child)
      resolve(outcome)
    }
    child.on('error', (error) => end({ code: -1, output: error.message }))
    child.on('close', (code) => end({ code: code ?? -1, output }))
  })
}

/** The last lines of a program's output, for a sentence about why it failed. */
export function lastLines(output: string, lines = 5): string {
  return output.trim().split('\n').slice(-lines).join('\n')
}
