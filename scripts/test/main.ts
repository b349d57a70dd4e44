// `npm test [-- --long] [-- patterns and options for Jest]`: brings up throw-away servers, checks the sources, runs all
// tests, and says `N passed, N failed` in its last line. With patterns, only the tests that match. Files called
// `….long.test.ts` belong to the long run, and so do the longer campaigns of random histories in the others.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../parts/findChromium.ts'
import { Hint, wordsOf } from '../parts/hint.ts'
import { janitor } from '../parts/janitorPart.ts'
import { Lock } from '../parts/lock.ts'
import { say, seconds } from '../parts/progress.ts'
import { Supervisor } from '../parts/supervisor.ts'
import { buildUi } from '../parts/ui.ts'
import { runChecks } from './checks.ts'
import { type Count, runJest } from './jest.ts'
import { writeSchema } from './schema.ts'
import { bringUpServers } from './servers.ts'

const began = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'))
const args = process.argv.slice(2).filter((argument) => argument !== '--long')
const long = process.argv.includes('--long') || process.env.PERENNIAL_LONG === '1'
const selected = args.some((argument) => !argument.startsWith('-'))
const lock = await Lock.take(folder, 'npm test', () => {})
const supervisor = new Supervisor(join(folder, 'logs'), lock, (why) => void fail(why))
let ending = false

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}

async function fail(error: unknown): Promise<void> {
  if (ending) return
  const words = error instanceof Hint ? error.message : error instanceof Error ? error.stack : wordsOf(error)
  process.stderr.write(`\n${words}\n`)
  await end(1)
}

/** Begins to fill the demo business, which a dozen files want: whoever wants it before it is there waits for it. */
async function fillDemo(demo: string): Promise<void> {
  const { filledOnce } = await import('../../test/support/demoDatabase.ts')
  await filledOnce(demo).catch((error) => say('tests', `the demo could not be filled: ${wordsOf(error)}`))
}

/** The tests side by side; those of the whole system after them and alone, because they measure it. */
async function runTests(env: Record<string, string>): Promise<Count[]> {
  const leaveOut = (paths: readonly string[]) => paths.map((path) => `--testPathIgnorePatterns=${path}`)
  const ofLongRun = long ? [] : ['\\.long\\.test\\.ts$']
  const alone = ['--roots=<rootDir>/test/system', '--runInBand', ...leaveOut(ofLongRun)]
  return [
    await runJest([...args, ...leaveOut(['/test/system/', ...ofLongRun])], env, join(folder, 'tests.json')),
    await runJest([...args, ...alone], env, join(folder, 'system.json')),
  ]
}

async function test(): Promise<number> {
  await supervisor.start(janitor(lock.file))
  const [servers, chromium] = await Promise.all([bringUpServers(supervisor, folder), findChromium()])
  const schema = await writeSchema(servers.database, join(folder, 'schema.sql'))
  const env = {
    PERENNIAL_TEST_DATABASE_SERVER: servers.database,
    PERENNIAL_TEST_SCHEMA: schema.file,
    PERENNIAL_TEST_DEMO: schema.demo,
    TEMPORAL_ADDRESS: servers.temporal,
    CHROMIUM: chromium,
    ...(long ? { PERENNIAL_LONG: '1' } : {}),
  }
  Object.assign(process.env, env)
  const demo = selected ? undefined : fillDemo(schema.demo)
  const checks = selected ? [] : [await runChecks()]
  if (!selected || args.some((argument) => argument.includes('system'))) await buildUi()
  say('tests', `servers are up after ${seconds(began)}`)
  const counts = [...checks, ...(await runTests(env))]
  await demo
  await schema.drop()
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  if (passed + failed === 0) process.stdout.write('No test matches.\n')
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed === 0 && passed > 0 ? 0 : 1
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(130))
process.on('disconnect', () => void end(1))

try {
  await end(await test())
} catch (error) {
  await fail(error)
}
