import { forgetFile } from './globals.ts'

/** What a test file finds changed when it begins, and puts back when it ends. */
type Before = {
  env: NodeJS.ProcessEnv
  folder: string
  exit: typeof process.exit
  console: Console
  fetch: typeof fetch
}

/**
 * The world in which a test file runs: the process itself, without a `vm` context around it. What a file changes of the
 * process is taken back after it.
 */
class NativeEnvironment {
  readonly global = globalThis
  readonly moduleMocker = null
  readonly fakeTimers = null
  readonly fakeTimersModern = null
  readonly #before: Before = {
    env: { ...process.env },
    folder: process.cwd(),
    exit: process.exit,
    console: globalThis.console,
    fetch: globalThis.fetch,
  }

  /** Jest asks for it and runs nothing in it here. */
  getVmContext(): null {
    return null
  }

  exportConditions(): string[] {
    return ['node', 'node-addons']
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    const { env, folder, exit, console, fetch } = this.#before
    forgetFile()
    for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name]
    Object.assign(process.env, env)
    if (process.cwd() !== folder) process.chdir(folder)
    process.exit = exit
    globalThis.console = console
    globalThis.fetch = fetch
  }
}

// Jest loads it by `require`, which gives what has this name
export { NativeEnvironment as 'module.exports' }
