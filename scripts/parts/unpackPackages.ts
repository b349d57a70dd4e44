import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './findProgram.ts'
import { during } from './progress.ts'
import { lastLines, type Outcome, run } from './run.ts'

const QUIET = { DEBIAN_FRONTEND: 'noninteractive' }

/**
 * On Debian and its relatives without root: downloads packages with what they need and unpacks them as the folder `debian` in
 * another one.
 *
 * @param choices sets of packages, the first of which can be had is taken
 * @param part, words what is said meanwhile
 * @param failures told why a set could not be had
 * @returns whether one could
 */
export async function unpackPackages(
  choices: readonly (readonly string[])[],
  folder: string,
  part: string,
  words: string,
  failures: string[],
): Promise<boolean> {
  if (findProgram('apt-get') === undefined || findProgram('dpkg') === undefined) return false
  const work = join(folder, `debian.${process.pid}`)
  const apt = prepareApt(work)
  try {
    return await during(part, words, async () => {
      await apt(['update'])
      for (const names of choices) {
        const problem = await unpack(apt, names, work)
        if (problem === undefined) {
          renameSync(join(work, 'root'), join(folder, 'debian'))
          return true
        }
        failures.push(`apt-get download ${names[0]}: ${problem}`)
      }
      return false
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
async function unpack(apt: Apt, names: readonly string[], work: string): Promise<string | undefined> {
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
