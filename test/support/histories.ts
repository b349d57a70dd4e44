import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the histories are that `test/workflows/replay.test.ts` goes through again. */
export const HISTORIES = join(import.meta.dirname, '../workflows/histories')

/** Keeps a history for the tests of later code, under a name, when somebody asks for it: `PERENNIAL_RECORD=1`. */
export function keepHistory(name: string, history: unknown): void {
  if (process.env.PERENNIAL_RECORD !== '1') return
  mkdirSync(HISTORIES, { recursive: true })
  writeFileSync(join(HISTORIES, `${name}.json`), `${JSON.stringify(plain(history), null, 2)}\n`)
}

/** Values as they are, without the classes of their parts; bytes as `{base64}`; on whose machine it was is left out. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (typeof value === 'string' && /^\d+@/.test(value)) return 'worker'
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === 'identity' ? 'worker' : plain(part)]),
  )
}
