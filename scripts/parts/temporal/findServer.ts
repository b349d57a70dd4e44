import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache.ts'
import { findProgram, isProgram } from '../findProgram.ts'
import { Hint, wordsOf } from '../hint.ts'
import { during } from '../progress.ts'
import { lastLines, run } from '../run.ts'

/** The version that is compiled where no program can be had. */
const SOURCE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1'

/**
 * Finds the `temporal` program, whose development server keeps its state in a file: on the PATH, fetched before, by the
 * download of Temporal's own SDK, or compiled with Go.
 *
 * @returns its full path
 * @throws Hint when there is none and none can be had
 */
export async function findTemporal(): Promise<string> {
  const failures: string[] = []
  const found = findProgram('temporal') ?? cached() ?? (await downloadBySdk(failures)) ?? (await compile(failures))
  if (found !== undefined) return found
  throw new Hint(
    'There is no Temporal server. Install the `temporal` program (https://docs.temporal.io/cli) or Go 1.24+ to compile ' +
      `it, or set TEMPORAL_ADDRESS to a server that runs elsewhere.${failures.map((line) => `\n  ${line}`).join('')}`,
  )
}

const home = () => join(cacheFolder('bin'), 'temporal')

function cached(): string | undefined {
  return isProgram(home()) ? home() : undefined
}

/** The SDK downloads the program for its tests; it is taken over from there. */
async function downloadBySdk(failures: string[]): Promise<string | undefined> {
  const folder = cacheFolder('download')
  try {
    await during('temporal', 'downloading the server', async () => {
      const executable = { type: 'cached-download' as const, downloadDir: folder }
      // only here: what runs against a Temporal of its own is installed without the SDK's tools for tests
      const { TestWorkflowEnvironment } = await import('@temporalio/testing')
      const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
      await environment.teardown()
    })
    const file = readdirSync(folder)
      .map((name) => join(folder, name))
      .find(isProgram)
    if (file === undefined) return undefined
    renameSync(file, home())
    return cached()
  } catch (error) {
    failures.push(`its download: ${wordsOf(error).slice(0, 150)}`)
    return undefined
  }
}

/** Compiles the program from source: two to four minutes, once. */
async function compile(failures: string[]): Promise<string | undefined> {
  const go = findProgram('go') ?? ['/usr/local/go/bin/go', '/usr/lib/go/bin/go'].find(existsSync)
  if (go === undefined) {
    failures.push('compiling it: there is no Go on this machine')
    return undefined
  }
  const folder = join(cacheFolder('bin'), `compiled.${process.pid}`)
  try {
    return await during('temporal', 'compiling the server with Go (about three minutes, once)', async () => {
      const { code, output } = await run(go, ['install', SOURCE], {
        env: { GOBIN: folder, GOFLAGS: '-mod=mod' },
        within: 1_800_000,
      })
      if (code === 0) {
        renameSync(join(folder, 'temporal'), home())
        return cached()
      }
      failures.push(`compiling it: ${lastLines(output, 1)}`)
      return undefined
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
