import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../parts/apt.ts'
import { cacheFolder } from '../parts/cache.ts'
import { findProgram } from '../parts/findProgram.ts'
import { Hint } from '../parts/hint.ts'
import { lastLines } from '../parts/run.ts'
import { unpackPackages } from '../parts/unpackPackages.ts'

/** The program that writes all of a database as statements, and the one that runs statements. */
export type Client = 'dump' | 'client'

const NAMES: Record<Client, readonly string[]> = { dump: ['mariadb-dump', 'mysqldump'], client: ['mariadb', 'mysql'] }
const PACKAGES = [['mariadb-client'], ['default-mysql-client'], ['mysql-client']]

type Found = { command: string; env?: Record<string, string> }

/**
 * Finds a client program of the database, or fetches it: from the PATH, from what was fetched before, from Debian's packages
 * (installed as root, else unpacked into the cache).
 *
 * @throws Hint when it can't be had
 */
export async function findClient(kind: Client): Promise<Found> {
  const names = NAMES[kind]
  const installed = () => {
    const command = findProgram(...names)
    return command === undefined ? undefined : { command }
  }
  const found = installed() ?? cached(kind)
  if (found !== undefined) return found
  const failures: string[] = []
  const fetched = (await install(failures)) ? installed() : await unpack(kind, failures)
  if (fetched !== undefined) return fetched
  throw new Hint(
    `There is no ${names.join(' or ')}. Install the client programs of MariaDB or MySQL (Debian: mariadb-client).` +
      failures.map((line) => `\n  ${line}`).join(''),
  )
}

async function install(failures: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return false
  for (const names of PACKAGES) {
    const { code, output } = await installPackages(names)
    if (code === 0) return true
    failures.push(`apt-get install ${names[0]}: ${lastLines(output, 1)}`)
  }
  return false
}

const folder = () => cacheFolder('database-client')

async function unpack(kind: Client, failures: string[]): Promise<Found | undefined> {
  const words = 'fetching the client programs from the packages of this system'
  return (await unpackPackages(PACKAGES, folder(), 'database', words, failures)) ? cached(kind) : undefined
}

function cached(kind: Client): Found | undefined {
  const root = join(folder(), 'debian')
  const command = NAMES[kind].map((name) => join(root, 'usr/bin', name)).find(existsSync)
  const libraries = ['x86_64', 'aarch64']
    .map((machine) => join(root, `usr/lib/${machine}-linux-gnu`))
    .filter(existsSync)
  return command === undefined ? undefined : { command, env: { LD_LIBRARY_PATH: libraries.join(':') } }
}
