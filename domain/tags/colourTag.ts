import { type Database, execute } from '../database.ts'

/** Gives a tag a colour; null takes it away. */
export async function colourTag(db: Database, tag: string, colour: string | null, now: Date): Promise<void> {
  if (colour === null) await execute(db, 'DELETE FROM tags WHERE tag = ?', [tag])
  else {
    await execute(
      db,
      `INSERT INTO tags (tag, colour, updated_at) VALUES (?, ?, ?)
       ON DUPLICATE KEY UPDATE colour = VALUES(colour), updated_at = VALUES(updated_at)`,
      [tag, colour, now],
    )
  }
}
