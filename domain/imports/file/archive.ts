import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../errors.ts'
import { MAX_UNPACKED_BYTES } from '../import.ts'

/** More parts than any spreadsheet has. */
const MAX_ENTRIES = 5_000
/** Parts that are read whole, in bytes. */
const MAX_SMALL = 10_000_000

export type Archive = { zip: ZipFile; entries: ReadonlyMap<string, Entry> }

const refuse = (message: string) => new Problem('invalid', message, [{ path: '/name', message }])

/**
 * Opens a ZIP archive and looks at what it says that it unpacks to; while it is unpacked it is held to that.
 *
 * @throws Problem 'invalid' when it is damaged, sealed, or unpacks to more than is allowed
 */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
    const entries = new Map<string, Entry>()
    let unpacked = 0
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      if (unpacked > MAX_UNPACKED_BYTES || entries.size >= MAX_ENTRIES)
        throw refuse(`The spreadsheet unpacks to more than ${MAX_UNPACKED_BYTES / 1_048_576} MB`)
      entries.set(entry.fileName, entry)
    }
    return { zip, entries }
  } catch (error) {
    throw error instanceof Problem
      ? error
      : refuse('The spreadsheet is damaged: its program may be able to save it anew')
  }
}

/** A part as text, piece by piece. @throws Problem 'invalid' when it is damaged or larger than it says */
export async function* streamEntry({ zip, entries }: Archive, name: string): AsyncGenerator<string> {
  const entry = entries.get(name)
  if (entry === undefined) throw refuse(`The spreadsheet is damaged: ${name} is missing in it`)
  const decoder = new TextDecoder('utf-8')
  let stream: Awaited<ReturnType<ZipFile['openReadStreamPromise']>> | undefined
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) yield decoder.decode(chunk as Buffer, { stream: true })
  } catch (error) {
    throw error instanceof Problem ? error : refuse('The spreadsheet is damaged: a part of it can’t be unpacked')
  } finally {
    stream?.destroy()
  }
  yield decoder.decode()
}

/** A small part as text; null when there is none. */
export async function entryText(archive: Archive, name: string): Promise<string | null> {
  const entry = archive.entries.get(name)
  if (entry === undefined) return null
  if (entry.uncompressedSize > MAX_SMALL) throw refuse(`The spreadsheet is damaged: ${name} is too large`)
  let text = ''
  for await (const piece of streamEntry(archive, name)) text += piece
  return text
}
