import type { Database } from '../database.ts'
import { secret } from '../settings/secret.ts'
import type { PlayedBrowser } from './decryptPush.ts'

/** The one browser that the inbox plays, for every customer of the demo: its keys are made once and kept. */
export async function playedBrowser(db: Database): Promise<PlayedBrowser> {
  return {
    privateKey: await secret(db, 'inbox-browser'),
    auth: (await secret(db, 'inbox-browser-auth')).subarray(0, 16),
  }
}
