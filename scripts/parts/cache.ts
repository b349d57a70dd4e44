import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The user's folder for programs that were fetched: shared by all checkouts, safe to delete.
 * `XDG_CACHE_HOME` as the XDG Base Directory Specification says, else `~/.cache`.
 */
export function cacheFolder(...parts: string[]): string {
  const home = process.env.XDG_CACHE_HOME
  const folder = join(home === undefined || home === '' ? join(homedir(), '.cache') : home, 'perennial', ...parts)
  mkdirSync(folder, { recursive: true })
  return folder
}
