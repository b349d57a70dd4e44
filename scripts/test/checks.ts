import { join } from 'node:path'
import { say, seconds } from '../parts/progress.ts'
import { ROOT } from '../parts/root.ts'
import { run } from '../parts/run.ts'
import type { Count } from './jest.ts'

/** What `npm run check` does, one after the other. */
const CHECKS = [
  { name: 'types', args: ['typescript/bin/tsc', '--noEmit'] },
  { name: 'lint and import directions', args: ['@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'nothing unused', args: ['knip/bin/knip.js'] },
]

/** Runs the static checks; each counts as a test. */
export async function runChecks(): Promise<Count> {
  const count: Count = { passed: 0, failed: 0 }
  for (const { name, args } of CHECKS) {
    const began = performance.now()
    const [program = '', ...rest] = args
    const { code, output } = await run(process.execPath, [join(ROOT, 'node_modules', program), ...rest], { cwd: ROOT })
    if (code === 0) count.passed++
    else count.failed++
    say('check', `${name}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds(began)})`)
    if (code !== 0) process.stdout.write(`${output}\n`)
  }
  return count
}
