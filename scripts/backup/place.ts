import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hint } from '../parts/hint.ts'
import { ROOT } from '../parts/root.ts'
import { type Client, findClient } from './findClient.ts'

/** The database that is meant: `DATABASE_URL`, else the private one, which has to run. Throws a Hint where there is neither. */
export function databaseUrl(env: NodeJS.ProcessEnv): string {
  if (env.DATABASE_URL) return env.DATABASE_URL
  const file = join(env.PERENNIAL_DATA || join(ROOT, '.local'), 'database-url')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Hint(
    'There is no database to be found: set DATABASE_URL, or run `npm start` here, whose own is taken then.',
  )
}

/** How a client of the database is called with an address; the password goes by the environment, which `ps` shows to nobody. */
export async function clientOf(url: string, kind: Client): Promise<Call> {
  const { command, env } = await findClient(kind)
  const { hostname, port, username, password, pathname } = new URL(url)
  const args = [`--host=${hostname}`, `--port=${port || '3306'}`, `--user=${decodeURIComponent(username)}`]
  return {
    command,
    // a loopback address would else mean the socket
    args: [...args, '--protocol=tcp', '--default-character-set=utf8mb4', decodeURIComponent(pathname.slice(1))],
    env: { ...process.env, ...env, MYSQL_PWD: decodeURIComponent(password) },
  }
}

type Call = { command: string; args: string[]; env: NodeJS.ProcessEnv }
