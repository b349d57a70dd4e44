import { createRequire, registerHooks } from 'node:module'
import { type Globals, setGlobals } from './globals.ts'

const GLOBALS = new URL('./globals.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
})

/**
 * Takes the place of Jest's runtime: modules are loaded by Node itself, and once in a worker. Jest's own loads each anew
 * for each file, in a `vm` context, which cost about 4 s a file (decision 47).
 */
class NativeRuntime {
  readonly #require = createRequire(import.meta.url)

  static createResolver(): null {
    return null
  }

  /** The part of Jest that keeps a file's tests; new for each file. */
  requireInternalModule(file: string): unknown {
    delete this.#require.cache[file]
    delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('EVENT_HANDLERS')]
    return this.#require(file)
  }

  requireModule(file: string): unknown {
    return this.#require(file)
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true
  }

  async unstable_importModule(file: string): Promise<unknown> {
    return import(file)
  }

  setGlobalsForRuntime(globals: Globals): void {
    setGlobals(globals)
  }

  getSourceMaps(): Map<string, string> {
    return new Map()
  }

  getAllCoverageInfoCopy(): undefined {
    return undefined
  }

  enterTestCode(): void {}
  leaveTestCode(): void {}
  resetModules(): void {}
  clearAllMocks(): void {}
  resetAllMocks(): void {}
  restoreAllMocks(): void {}
  teardown(): void {}
}

// Jest loads it by `require`, which gives what has this name
export { NativeRuntime as 'module.exports' }
