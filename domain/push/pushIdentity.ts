import type { Database } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { remembered } from '../settings/remembered.ts'
import { vapidKeys } from './vapidKeys.ts'

/** What push services are told about who sends: asked once a minute, not for each notification. */
export function pushIdentity(db: Database) {
  return {
    keys: remembered(() => vapidKeys(db)),
    contact: remembered(async () => (await readSettings(db)).senderEmail),
  }
}
