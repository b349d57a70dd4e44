import { type Database, execute } from '../database.ts'
import { hashToken } from './token.ts'

/** Ends the session of a token. A token that is unknown or ended already is no mistake. */
export async function signOut(db: Database, token: string): Promise<void> {
  await execute(db, 'DELETE FROM sessions WHERE token_hash = ?', [hashToken(token)])
}
