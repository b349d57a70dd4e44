import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram, isProgram } from '../findProgram.ts'
import { Hint } from '../hint.ts'
import { during } from '../progress.ts'
import { lastLines, run } from '../run.ts'
import type { DatabaseServer } from './server.ts'

/**
 * Makes an empty data folder for a server, complete or not at all; one that is there is left as it is.
 *
 * @throws Hint when it cannot be made, or when it was made by the other kind of server
 */
export async function initialise(server: DatabaseServer, folder: string): Promise<void> {
  const note = join(folder, 'made-by')
  if (existsSync(folder)) {
    const madeBy = existsSync(note) ? readFileSync(note, 'utf8') : server.flavour
    if (madeBy === server.flavour) return
    throw new Hint(
      `The data in ${folder} are ${madeBy}'s, but only ${server.flavour} was found (${server.program}). ` +
        `Install ${madeBy}, or set PERENNIAL_DATA to another folder to begin anew.`,
    )
  }
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  await during('database', 'making an empty data folder', async () => {
    const { code, output } = await make(server, fresh)
    if (code !== 0) throw new Hint(`The database could not make its data folder ${folder}:\n${lastLines(output)}`)
  })
  writeFileSync(join(fresh, 'made-by'), server.flavour)
  renameSync(fresh, folder)
}

function make(server: DatabaseServer, folder: string): Promise<{ code: number; output: string }> {
  const common = ['--no-defaults', ...server.args, `--datadir=${folder}`, ...asRoot()]
  if (server.flavour === 'MySQL') return run(server.program, [...common, '--initialize-insecure'], { env: server.env })
  const unpacked = join(dirname(dirname(server.program)), 'bin/mariadb-install-db')
  const script = isProgram(unpacked) ? unpacked : findProgram('mariadb-install-db', 'mysql_install_db')
  if (script === undefined)
    throw new Hint('MariaDB is here without its mariadb-install-db: install mariadb-server-core.')
  const args = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve']
  return run(script, [...common, ...args], { env: server.env })
}

/** Both servers refuse to run as root unless it is said aloud; in a container there is often nobody else. */
export function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}
