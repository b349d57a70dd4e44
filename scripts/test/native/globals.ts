// What a test file gets when it imports `@jest/globals`: Jest's functions for the file that runs at the moment. The modules
// beside it stay loaded from one file to the next; what they have imported from here changes with the file.
import { ModuleMocker } from 'jest-mock'

/** Jest's functions for one file by their names. */
export type Globals = Readonly<Record<string, unknown>>

/** Where Jest's runner of one file looks for what `jest.setTimeout` said. */
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL')

const world = globalThis as unknown as Record<symbol, unknown>
const mocker = new ModuleMocker(globalThis)

export let expect: unknown
export let test: unknown
export let describe: unknown
export let beforeAll: unknown
export let afterAll: unknown
export let beforeEach: unknown
export let afterEach: unknown

/** From now on a file with these functions runs. */
export function setGlobals(globals: Globals): void {
  ;({ expect, test, describe, beforeAll, afterAll, beforeEach, afterEach } = globals)
}

/** Takes back what the file that has ended changed through `jest`. */
export function forgetFile(): void {
  mocker.restoreAllMocks()
  delete world[TIMEOUT]
}

/** What our tests use of `jest`; mocks of modules are not to be had. */
export const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
  setTimeout: (ms: number) => {
    world[TIMEOUT] = ms
  },
}
