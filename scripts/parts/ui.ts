import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hint } from './hint.ts'
import { inTurn } from './inTurn.ts'
import { during } from './progress.ts'
import { ROOT } from './root.ts'
import { run } from './run.ts'

const DIST = join(ROOT, 'dist')
const BUILT = join(DIST, 'ui')
const NOTE = join(DIST, 'ui-built-from')

/**
 * Builds the pages if what they are made from has changed since they were built last. Of several who come at once, one
 * builds them for all.
 *
 * @returns the folder with the built pages
 * @throws Hint when they cannot be built
 */
export async function buildUi(): Promise<string> {
  const sources = hashOfSources()
  if (!isBuiltFrom(sources)) {
    await inTurn(join(DIST, 'ui-building'), async () => {
      if (!isBuiltFrom(sources)) await build(sources)
    })
  }
  return BUILT
}

const isBuiltFrom = (sources: string): boolean =>
  existsSync(join(BUILT, 'index.html')) && existsSync(NOTE) && readFileSync(NOTE, 'utf8') === sources

async function build(sources: string): Promise<void> {
  await during('pages', 'building', async () => {
    const fresh = join(DIST, `ui.${process.pid}`)
    mkdirSync(fresh, { recursive: true })
    try {
      const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
      const args = [vite, 'build', 'ui', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
      const { code, output } = await run(process.execPath, args, {
        cwd: ROOT,
        env: { NODE_ENV: 'production', NO_COLOR: '1' },
      })
      if (code !== 0) throw new Hint(`The pages could not be built:\n${output.trim().slice(0, 2000)}`)
      rmSync(NOTE, { force: true })
      rmSync(BUILT, { recursive: true, force: true })
      renameSync(fresh, BUILT)
      writeFileSync(NOTE, sources)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  })
}

/** A hash over the names and contents of everything that pages are made from. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = globSync(['ui/**/*', 'rules/**/*', 'api/contract/**/*', 'package-lock.json', 'tsconfig.json'], {
    cwd: ROOT,
  })
  for (const file of files.sort()) {
    const path = join(ROOT, file)
    if (statSync(path).isFile()) hash.update(file).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}
