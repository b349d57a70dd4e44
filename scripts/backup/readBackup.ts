import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { openDatabase, rows } from '../../domain/database.ts'
import { type Held, holdEverything } from '../../domain/restore/holdEverything.ts'
import { migrate } from '../../migrations/run.ts'
import { Hint } from '../parts/hint.ts'
import { clientOf } from './place.ts'

/**
 * Fills an empty database from a backup, brings its schema up to this version, and holds all that would send.
 *
 * @returns what was held
 * @throws Hint when the database is not empty, or the file can't be read to its end
 */
export async function readBackup(url: string, file: string): Promise<Held> {
  const db = openDatabase(url, 4)
  try {
    const tables = await rows(db, 'SHOW TABLES')
    if (tables.length > 0) throw new Hint('The database is not empty. A backup is restored into an empty one only.')
    await run(url, file)
    await migrate(db)
    return await holdEverything(db, new Date())
  } finally {
    await db.destroy()
  }
}

async function run(url: string, file: string): Promise<void> {
  const { command, args, env } = await clientOf(url, 'client')
  const child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  const read = pipeline(createReadStream(file), createGunzip(), child.stdin).then(
    () => null,
    (error: Error) => error,
  )
  const [code, error] = [await ended, await read]
  if (code !== 0) throw new Hint(`The backup could not be restored: ${said.trim() || `${command} ended with ${code}`}`)
  if (error !== null) throw new Hint(`The backup could not be read: ${error.message}`)
}
