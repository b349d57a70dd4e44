/** A program that serves MySQL's protocol, wherever it was found. */
export type DatabaseServer = {
  /** Full path of mariadbd or mysqld. */
  program: string
  flavour: 'MariaDB' | 'MySQL'
  /** As the program says it, e.g. 10.11.6. */
  version: string
  /** Where an unpacked server finds its libraries and messages; empty for an installed one. */
  env: Record<string, string>
  args: readonly string[]
}
