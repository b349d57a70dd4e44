import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import type { Part } from '../child.ts'
import { freePort } from '../ports.ts'
import { accessStatements, keepPassword, USER } from './access.ts'
import { findServer } from './findServer.ts'
import { asRoot, initialise } from './initialise.ts'
import type { DatabaseServer } from './server.ts'

export type PrivateServer = { part: Part; url: string; server: DatabaseServer }

/** Settings of both servers for data that are kept. */
const KEPT = ['--innodb-buffer-pool-size=256M', '--max-connections=200']
/** Settings for a server that is thrown away after the tests: nothing is made durable, no table has a file of its own. */
export const THROWN_AWAY = [
  '--innodb-file-per-table=0',
  '--innodb-buffer-pool-size=256M',
  '--max-connections=400',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-flush-method=nosync',
]

/**
 * Prepares a database server of our own: its program, its data folder, a free port on the loopback interface. No service
 * of the system and no configuration file of the machine is touched.
 *
 * @param folder where `database/` and the password are kept; `database` is the schema it shall have
 * @returns the part to start and the URL under which it will answer
 */
export async function privateServer(folder: string, database: string, settings = KEPT): Promise<PrivateServer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const server = await findServer()
  const data = join(folder, 'database')
  await initialise(server, data)
  const password = keepPassword(join(folder, 'database-password'))
  const access = join(folder, 'database-access.sql')
  writeFileSync(access, accessStatements(server, password, [database]), { mode: 0o600 })
  const port = await freePort()
  const url = `mysql://${USER}:${password}@127.0.0.1:${port}/${database}`
  // for whoever makes a backup while it runs
  writeFileSync(join(folder, 'database-url'), url, { mode: 0o600 })
  const args = [
    '--no-defaults',
    ...server.args,
    ...asRoot(),
    `--datadir=${data}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${socketOf(data)}`,
    `--init-file=${access}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_520_ci',
    ...settings.filter((setting) => server.flavour === 'MariaDB' || !setting.endsWith('=nosync')),
    ...(server.flavour === 'MySQL' ? ['--mysqlx=OFF', '--secure-file-priv=NULL'] : []),
  ]
  const { program: command, env } = server
  const part: Part = { name: 'database', command, args, env, answers: () => answers(url), patience: 60_000 }
  return { part, url, server }
}

/** A socket path is at most 107 bytes long, which a checkout's own may exceed: it is in the folder for such things. */
function socketOf(data: string): string {
  return join(tmpdir(), `perennial-${createHash('sha256').update(data).digest('hex').slice(0, 12)}.sock`)
}

/** Throws unless the server lets us in. */
async function answers(url: string): Promise<void> {
  const connection = await createConnection(url)
  await connection.end()
}
