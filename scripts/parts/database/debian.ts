import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../apt.ts'
import { cacheFolder } from '../cache.ts'
import { findProgram } from '../findProgram.ts'
import { during } from '../progress.ts'
import { lastLines } from '../run.ts'
import { unpackPackages } from '../unpackPackages.ts'

/**
 * The server program alone, under the names it has had, with the package of the small programs that MariaDB's own script
 * for an empty data folder calls. They bring no system service along.
 */
const PACKAGES = [
  ['mariadb-server-core', 'mariadb-client-core'],
  ['mariadb-server-core-10.6', 'mariadb-client-core-10.6'],
  ['mysql-server-core-8.0'],
]
type Unpacked = { program: string; env: Record<string, string>; args: string[] }

/** On Debian and its relatives as root: installs the server program. Returns whether one was installed. */
export async function installDebianServer(failures: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return false
  return await during('database', 'installing MariaDB with apt-get', async () => {
    for (const names of PACKAGES) {
      const outcome = await installPackages(names)
      if (outcome.code === 0) return true
      failures.push(`apt-get install ${names[0]}: ${lastLines(outcome.output, 1)}`)
    }
    return false
  })
}

/** What {@link fetchDebianServer} unpacked at an earlier start. */
export function cachedDebianServer(): Unpacked | undefined {
  const root = join(cacheFolder('database'), 'debian')
  const program = ['usr/sbin/mariadbd', 'usr/sbin/mysqld'].map((path) => join(root, path)).find(existsSync)
  if (program === undefined) return undefined
  const libraries = ['usr/lib', 'lib']
    .map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.includes('-linux-gnu'))
        .map((name) => join(folder, name)),
    ])
  return {
    program,
    env: { LD_LIBRARY_PATH: libraries.join(':') },
    args: [`--basedir=${join(root, 'usr')}`, `--lc-messages-dir=${join(root, 'usr/share/mysql')}`],
  }
}

/** On Debian and its relatives without root: downloads the packages and unpacks them into the cache. */
export async function fetchDebianServer(failures: string[]): Promise<Unpacked | undefined> {
  const folder = cacheFolder('database')
  return (await unpackPackages(
    PACKAGES,
    folder,
    'database',
    'fetching MariaDB from the packages of this system',
    failures,
  ))
    ? cachedDebianServer()
    : undefined
}
