import { type Database, execute } from '../database.ts'

/** As many mails are kept. */
const KEPT = 20_000

/** Removes the oldest mails beyond {@link KEPT}. */
export async function trimMails(db: Database, kept = KEPT): Promise<void> {
  await execute(
    db,
    `DELETE FROM inbox_mails WHERE id <= (
       SELECT id FROM (SELECT id FROM inbox_mails ORDER BY id DESC LIMIT 1 OFFSET ?) oldest)`,
    [kept],
  )
}
