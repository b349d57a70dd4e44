import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from './apt.ts'
import { cacheFolder } from './cache.ts'
import { findProgram, isProgram } from './findProgram.ts'
import { Hint } from './hint.ts'
import { during } from './progress.ts'
import { ROOT } from './root.ts'
import { lastLines, run } from './run.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * Finds a Chromium for the browser tests: `CHROMIUM`, the PATH, the one fetched before, Playwright's download, apt.
 *
 * @returns its full path
 * @throws Hint when there is none and none can be had
 */
export async function findChromium(): Promise<string> {
  const configured = process.env.CHROMIUM
  if (configured !== undefined && configured !== '') {
    if (isProgram(configured)) return configured
    throw new Hint(`CHROMIUM names ${configured}, which is not a program.`)
  }
  const failures: string[] = []
  const found = installed() ?? cached() ?? (await downloadPlaywrights(failures)) ?? (await installPackage(failures))
  if (found !== undefined) return found
  throw new Hint(
    'The browser tests need Chromium: install it, or set CHROMIUM to the path of a Chromium or Chrome.' +
      failures.map((line) => `\n  ${line}`).join(''),
  )
}

function installed(): string | undefined {
  return findProgram(...NAMES) ?? (existsSync(MAC) ? MAC : undefined)
}

function cached(): string | undefined {
  return globSync(join(cacheFolder('browser'), 'chromium*/**/{headless_shell,chrome-headless-shell,chrome}')).find(
    isProgram,
  )
}

async function downloadPlaywrights(failures: string[]): Promise<string | undefined> {
  return await during('chromium', 'downloading', async () => {
    const { code, output } = await run(
      process.execPath,
      [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium-headless-shell'],
      { env: { PLAYWRIGHT_BROWSERS_PATH: cacheFolder('browser') }, within: 300_000 },
    )
    if (code !== 0) failures.push(`Playwright's download: ${lastLines(output, 1)}`)
    return code === 0 ? cached() : undefined
  })
}

async function installPackage(failures: string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return undefined
  return await during('chromium', 'installing with apt-get', async () => {
    const { code, output } = await installPackages(['chromium'])
    if (code !== 0) failures.push(`apt-get install chromium: ${lastLines(output, 1)}`)
    return code === 0 ? installed() : undefined
  })
}
