import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../apt.ts'
import { cacheFolder } from '../cache.ts'
import { findProgram } from '../findProgram.ts'
import { during } from '../progress.ts'
import { lastLines, type Outcome, run } from '../run.ts'

/**
 * The server program alone, under the names it has had, with the package of the small programs that MariaDB's own script
 * for an empty data folder calls. They bring no system service along.
 */
const PACKAGES = [
  ['mariadb-server-core', 'mariadb-client-core'],
  ['mariadb-server-core-10.6', 'mariadb-client-core-10.6'],
  ['mysql-server-core-8.0'],
]
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' }

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
  if (findProgram('apt-get') === undefined || findProgram('dpkg') === undefined) return undefined
  const folder = cacheFolder('database')
  const work = join(folder, `debian.${process.pid}`)
  const apt = prepareApt(work)
  try {
    return await during('database', 'fetching MariaDB from the packages of this system', async () => {
      await apt(['update'])
      for (const names of PACKAGES) {
        const problem = await unpack(apt, names, work)
        if (problem === undefined) {
          renameSync(join(work, 'root'), join(folder, 'debian'))
          return cachedDebianServer()
        }
        failures.push(`apt-get download ${names[0]}: ${problem}`)
      }
      return undefined
    })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

type Apt = (args: readonly string[]) => Promise<Outcome>

/** apt-get with the sources of this system, but with lists and archives of its own, for which nobody has to be root. */
function prepareApt(work: string): Apt {
  const archives = join(work, 'archives')
  for (const folder of ['lists/partial', 'cache/archives/partial', 'archives']) {
    mkdirSync(join(work, folder), { recursive: true })
  }
  const options = [
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::State::extended_states=${join(work, 'extended_states')}`,
    `Dir::Cache=${join(work, 'cache')}`,
  ].flatMap((option) => ['-o', option])
  return (args) => run('apt-get', ['-qq', ...options, ...args], { cwd: archives, env: QUIET })
}

/** Downloads packages with those they need and this system lacks, and unpacks all. Returns what went wrong. */
async function unpack(apt: Apt, names: string[], work: string): Promise<string | undefined> {
  const plan = await apt(['install', '--print-uris', '--no-install-recommends', ...names])
  if (plan.code !== 0) return lastLines(plan.output, 1)
  const needed = [...plan.output.matchAll(/^'[^']*' (\S+?)_\S+\.deb /gm)].map((line) => line[1] ?? '')
  const download = await apt(['download', ...new Set([...names, ...needed])])
  if (download.code !== 0) return lastLines(download.output, 1)
  const archives = join(work, 'archives')
  for (const file of readdirSync(archives)) {
    const { code, output } = await run('dpkg', ['-x', join(archives, file), join(work, 'root')])
    if (code !== 0) return lastLines(output, 1)
  }
  return undefined
}
