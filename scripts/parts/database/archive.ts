import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache.ts'
import { download } from '../download.ts'
import { wordsOf } from '../hint.ts'
import { during } from '../progress.ts'
import { lastLines, run } from '../run.ts'

const VERSION = '8.4.6'

/** The names of MySQL's generic archives for the systems that have one. */
const ARCHIVES: Record<string, string> = {
  'linux-x64': `mysql-${VERSION}-linux-glibc2.28-x86_64-minimal.tar.xz`,
  'linux-arm64': `mysql-${VERSION}-linux-glibc2.28-aarch64-minimal.tar.xz`,
  'darwin-arm64': `mysql-${VERSION}-macos15-arm64.tar.gz`,
  'darwin-x64': `mysql-${VERSION}-macos15-x86_64.tar.gz`,
}

/** MySQL's own archive for this system, from the cache or fetched into it; undefined when there is none to be had. */
export async function fetchArchive(failures: string[]): Promise<{ program: string; args: string[] } | undefined> {
  const name = ARCHIVES[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  const folder = cacheFolder('database')
  const home = join(folder, `mysql-${VERSION}`)
  if (!existsSync(home)) {
    try {
      await during('database', `fetching MySQL ${VERSION}`, () => fetchInto(home, folder, name))
    } catch (error) {
      failures.push(`MySQL's archive: ${wordsOf(error)}`)
      return undefined
    }
  }
  return { program: join(home, 'bin/mysqld'), args: [`--basedir=${home}`] }
}

async function fetchInto(home: string, folder: string, name: string): Promise<void> {
  const fresh = join(folder, `archive.${process.pid}`)
  mkdirSync(fresh, { recursive: true })
  try {
    await download(`https://cdn.mysql.com/archives/mysql-8.4/${name}`, join(fresh, name))
    const { code, output } = await run('tar', ['-xf', join(fresh, name), '-C', fresh])
    if (code !== 0) throw new Error(lastLines(output, 1))
    const unpacked = readdirSync(fresh).find((entry) => entry !== name)
    if (unpacked === undefined) throw new Error('the archive is empty')
    renameSync(join(fresh, unpacked), home)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}
