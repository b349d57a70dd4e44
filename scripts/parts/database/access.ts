import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { DatabaseServer } from './server.ts'

/** The one account of a private server, and its password. */
export const USER = 'perennial'

/** The password in a file that only its owner can read; made at the first call. */
export function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/**
 * The statements that a private server runs each time it starts, one on a line: an account of our own with all rights,
 * a password for root, and none of the accounts without one that an empty MariaDB has.
 */
export function accessStatements(server: DatabaseServer, password: string, databases: readonly string[]): string {
  const here = hostname().replaceAll(/[^\w.-]/g, '')
  const open = ["''@'localhost'", `''@'${here}'`, `'root'@'${here}'`, "'root'@'127.0.0.1'", "'root'@'::1'"]
  return [
    ...(server.flavour === 'MariaDB' ? open.map((account) => `DROP USER IF EXISTS ${account};`) : []),
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    `CREATE USER IF NOT EXISTS '${USER}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `ALTER USER '${USER}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO '${USER}'@'127.0.0.1' WITH GRANT OPTION;`,
    ...databases.map(
      (name) => `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;`,
    ),
    '',
  ].join('\n')
}
