import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Hint } from '../parts/hint.ts'
import { clientOf } from './place.ts'

/** What both servers' dump programs understand: one moment of everything, while the business goes on. */
const ONE_MOMENT = [
  '--single-transaction',
  '--quick',
  '--skip-lock-tables',
  '--hex-blob',
  '--triggers',
  '--no-tablespaces',
]
const LAST_LINE = '-- Dump completed'

/**
 * Writes all of a database, as it is at one moment, into a compressed file of SQL statements. The file appears under its name
 * once it is complete.
 *
 * @returns its size in bytes
 * @throws Hint when there is no program for it, or it fails
 */
export async function writeBackup(url: string, file: string): Promise<number> {
  const { command, args, env } = await clientOf(url, 'dump')
  const draft = `${file}.part`
  const child = spawn(command, [...ONE_MOMENT, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  const lines = new Lines()
  try {
    const [code] = await Promise.all([ended, pipeline(child.stdout, lines, createGzip(), createWriteStream(draft))])
    if (code !== 0 || !lines.last.startsWith(LAST_LINE)) {
      throw new Hint(`The backup is not complete: ${said.trim() || `${command} ended with ${code}`}`)
    }
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return (await stat(file)).size
}

/** Passes lines on without the account that a trigger belongs to, which another server need not have. */
class Lines extends Transform {
  #rest = Buffer.alloc(0)
  last = ''

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    const all = Buffer.concat([this.#rest, chunk])
    const end = all.lastIndexOf(0x0a) + 1
    this.#rest = all.subarray(end)
    this.#pass(all.subarray(0, end))
    done()
  }

  override _flush(done: (error?: Error) => void): void {
    this.#pass(this.#rest)
    done()
  }

  #pass(bytes: Buffer): void {
    if (bytes.length === 0) return
    // byte for byte: what is stored may be anything
    const text = bytes.toString('latin1')
    const own = text
      .replace(/^\/\*!50003 CREATE\*\/ \/\*!50017 DEFINER=[^\n]*?\*\//gm, '/*!50003 CREATE*/')
      // MySQL keeps the semicolon behind a trigger that was made among other statements, and does not take it back in a comment
      .replace(/^(\/\*!50003 CREATE\*\/ [^\n]*?)(?<!;);[ \t]*$/gm, '$1 ')
    this.push(Buffer.from(own.replace(/^\/\*M!999999\\- enable the sandbox mode \*\/ *\n/, ''), 'latin1'))
    this.last = text.trimEnd().split('\n').at(-1) ?? ''
  }
}
