import { findProgram } from '../findProgram.ts'
import { Hint } from '../hint.ts'
import { run } from '../run.ts'
import { fetchArchive } from './archive.ts'
import { cachedDebianServer, fetchDebianServer, installDebianServer } from './debian.ts'
import type { DatabaseServer } from './server.ts'
import { readVersion } from './version.ts'

/**
 * Finds a database server to run privately, or fetches one: from the PATH, from what was fetched before, from Debian's
 * packages (installed as root, else unpacked into the cache), from MySQL's own archive.
 *
 * @throws Hint when there is none and none can be had
 */
export async function findServer(): Promise<DatabaseServer> {
  const failures: string[] = []
  const ways: (() => Promise<{ program: string; env?: Record<string, string>; args?: string[] } | undefined>)[] = [
    async () => installed(),
    async () => cachedDebianServer(),
    async () => ((await installDebianServer(failures)) ? installed() : undefined),
    () => fetchDebianServer(failures),
    () => fetchArchive(failures),
  ]
  for (const way of ways) {
    const found = await way()
    const server = found === undefined ? undefined : await describe(found, failures)
    if (server !== undefined) return server
  }
  throw new Hint(
    'There is no database. Install MariaDB 10.6+ or MySQL 8+ (only the program is needed, no service), ' +
      `or set DATABASE_URL to one that runs elsewhere.${failures.map((line) => `\n  ${line}`).join('')}`,
  )
}

function installed(): { program: string } | undefined {
  const program = findProgram('mariadbd', 'mysqld')
  return program === undefined ? undefined : { program }
}

/** Asks a program what it is; one that is too old or does not run is noted and not used. */
async function describe(
  found: { program: string; env?: Record<string, string>; args?: string[] },
  failures: string[],
): Promise<DatabaseServer | undefined> {
  const { program, env = {}, args = [] } = found
  const { output } = await run(program, ['--no-defaults', '--version'], { env, within: 20_000 })
  const version = readVersion(output.replace(/^.*\bVer\b/s, ''))
  if (version?.good === true) return { program, flavour: version.flavour, version: version.version, env, args }
  failures.push(
    version === undefined
      ? `${program} does not run: ${output.trim().slice(0, 200)}`
      : `${program} is ${version.flavour} ${version.version}, which is too old (${version.oldest} or newer is needed)`,
  )
  return undefined
}
