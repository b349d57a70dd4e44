import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache.ts'
import { findProgram } from '../findProgram.ts'
import { during } from '../progress.ts'
import { lastLines, run } from '../run.ts'

/** The server program alone, under the names it has had: these packages bring no system service along. */
const PACKAGES = ['mariadb-server-core', 'mariadb-server-core-10.6', 'mysql-server-core-8.0']
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' }

type Unpacked = { program: string; env: Record<string, string>; args: string[] }

/** On Debian and its relatives as root: installs the server program. Returns whether one was installed. */
export async function installDebianServer(failures: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return false
  return await during('database', 'installing MariaDB with apt-get', async () => {
    await run('apt-get', ['update', '-qq'], { env: QUIET })
    for (const name of PACKAGES) {
      const outcome = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env: QUIET })
      if (outcome.code === 0) return true
      failures.push(`apt-get install ${name}: ${lastLines(outcome.output, 1)}`)
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
  if (findProgram('apt-get') === undefined || findProgram('dpkg') === undefined) return undefined
  const folder = cacheFolder('database')
  const fresh = join(folder, `debian.${process.pid}`)
  try {
    return await during('database', 'fetching MariaDB from the packages of this system', async () => {
      for (const name of PACKAGES) {
        const problem = await unpack(name, fresh)
        if (problem === undefined) {
          renameSync(fresh, join(folder, 'debian'))
          return cachedDebianServer()
        }
        failures.push(`apt-get download ${name}: ${problem}`)
      }
      return undefined
    })
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Downloads a package with those it needs and this system lacks, and unpacks all. Returns what went wrong. */
async function unpack(name: string, into: string): Promise<string | undefined> {
  const archives = join(into, 'archives')
  mkdirSync(archives, { recursive: true })
  const plan = await run('apt-get', ['install', '--print-uris', '-qq', '--no-install-recommends', name])
  const needed = [...plan.output.matchAll(/^'[^']*' (\S+?)_\S+\.deb /gm)].map((line) => line[1] ?? '')
  if (plan.code !== 0) return lastLines(plan.output, 1)
  const download = await run('apt-get', ['download', '-qq', ...new Set([name, ...needed])], { cwd: archives })
  if (download.code !== 0) return lastLines(download.output, 1)
  for (const file of readdirSync(archives)) {
    const { code, output } = await run('dpkg', ['-x', join(archives, file), into])
    if (code !== 0) return lastLines(output, 1)
  }
  rmSync(archives, { recursive: true, force: true })
  return undefined
}
