// Calls the running system as its OpenAPI document allows and forbids: `npm run schemathesis`. See docs/api-errors.md.
//
// Without PERENNIAL_URL and PERENNIAL_API_KEY it starts a system of its own with the demo business, and removes it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { RunningSystem } from '../support/system.ts'

const VERSION = '4.32.0'
/**
 * Everything that is said about answers, and that wrong calls are refused. Not that `Allow` has the methods of one path only:
 * `/automations/check` may be an automation, too, and then takes the methods of both.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
  'negative_data_rejection',
  'ignored_auth',
]
/** For each call, beside what is tried at the edges of every field. */
const EXAMPLES = process.env.SCHEMATHESIS_EXAMPLES ?? '12'
const SEED = process.env.SCHEMATHESIS_SEED ?? '20261130'

/** The program, in a Python environment of its own in the cache folder of the user. */
function install(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const folder = join(cache, 'perennial', `schemathesis-${VERSION}`)
  const program = join(folder, 'bin', 'schemathesis')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  run('python3', ['-m', 'venv', folder])
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`])
  return program
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}

/** Its exit code: 0 when nothing was found. */
function fuzz(program: string, url: string, key: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-schemathesis-'))
  const args = [
    ...['run', `${url}/api/v1/openapi.json`, '--header', `Authorization: Bearer ${key}`],
    ...['--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing', '--max-examples', EXAMPLES],
    ...['--seed', SEED, '--workers', '2', '--request-timeout', '60', '--continue-on-failure', '--no-color'],
    ...['--generation-database', 'none', '--suppress-health-check', 'all', '--warnings', 'off'],
    ...['--report', 'junit', '--report-dir', folder],
    ...process.argv.slice(2),
  ]
  const env = {
    ...process.env,
    PERENNIAL_URL: url,
    PERENNIAL_KEY: key,
    SCHEMATHESIS_HOOKS: 'hooks',
    PYTHONPATH: import.meta.dirname,
    PYTHONDONTWRITEBYTECODE: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', cwd: folder, env })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const program = install()
const { PERENNIAL_URL: url, PERENNIAL_API_KEY: key } = process.env
if (url !== undefined && key !== undefined) process.exitCode = await fuzz(program, url, key)
else {
  const key = `schemathesis-${process.pid}-key`
  const system = await RunningSystem.start({ env: { PERENNIAL_DEMO: '1', PERENNIAL_API_KEY: key } })
  try {
    process.exitCode = await fuzz(program, system.url, key)
  } finally {
    await system.stop()
    await system.remove()
  }
}
