import { type Database, execute, rows } from '../database.ts'

/** Where the bytes of pictures are kept. Each is named by its content, so none is ever overwritten by another. */
export type ImageStore = {
  put(hash: string, bytes: Buffer, type: string): Promise<void>
  /** Null when there is no such picture. */
  get(hash: string): Promise<Buffer | null>
}

/** Keeps pictures in the database: nothing else is needed. */
export function databaseStore(db: Database): ImageStore {
  return {
    async put(hash, bytes) {
      await execute(db, 'INSERT IGNORE INTO image_bytes (hash, bytes) VALUES (?, ?)', [hash, bytes])
    },
    async get(hash) {
      const [row] = await rows<{ bytes: Buffer }>(db, 'SELECT bytes FROM image_bytes WHERE hash = ?', [hash])
      return row?.bytes ?? null
    },
  }
}
