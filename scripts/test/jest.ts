import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../parts/root.ts'

export type Count = { passed: number; failed: number }

type Report = {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numRuntimeErrorTestSuites: number
}

/**
 * Runs Jest, with the modules loaded by Node itself (`native/`), and counts what it says.
 *
 * @param args its arguments
 * @param report a file for its result, in the folder of this run
 * @returns how many tests passed and failed; a file that could not be run counts as one that failed
 */
export async function runJest(args: readonly string[], env: Record<string, string>, report: string): Promise<Count> {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      // patterns first: an option with a list would take them for its own
      ...args,
      '--passWithNoTests',
      '--forceExit',
      '--json',
      `--outputFile=${report}`,
    ],
    // its report goes to the file, what people read goes to the error stream
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  process.once('exit', () => child.kill())
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)))
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { success, numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = readReport(report)
  const failed = numFailedTests + numRuntimeErrorTestSuites
  return { passed: numPassedTests, failed: failed === 0 && (code !== 0 || !success) ? 1 : failed }
}

function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}
