/** The oldest versions that Perennial runs on: their CHECK constraints, window functions and SKIP LOCKED are needed. */
const OLDEST = { MariaDB: [10, 6], MySQL: [8, 0] } as const

export type Version = { flavour: keyof typeof OLDEST; version: string; good: boolean; oldest: string }

/** Reads a version as `SELECT VERSION()` or `mysqld --version` give it; undefined when there is none in the text. */
export function readVersion(text: string): Version | undefined {
  const flavour = /mariadb/i.test(text) ? 'MariaDB' : 'MySQL'
  // MariaDB once put "5.5.5-" before its own version for old clients
  const found = /(\d+)\.(\d+)\.\d+/.exec(text.replace(/^5\.5\.5-/, ''))
  if (found === null) return undefined
  const [version, major, minor] = found
  const [oldestMajor, oldestMinor] = OLDEST[flavour]
  const good = Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)
  return { flavour, version, good, oldest: `${oldestMajor}.${oldestMinor}` }
}
