import type { Database } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { vapidKeys } from './vapidKeys.ts'

/** For how long an answer of the database is believed, in milliseconds. */
const BELIEVED = 60_000

/** What push services are told about who sends: asked once a minute, not for each notification. */
export function pushIdentity(db: Database) {
  return {
    keys: remembered(() => vapidKeys(db)),
    contact: remembered(async () => (await readSettings(db)).senderEmail),
  }
}

function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  let until = 0
  return () => {
    if (answer === null || performance.now() > until) {
      answer = ask()
      until = performance.now() + BELIEVED
      answer.catch(() => {
        answer = null
      })
    }
    return answer
  }
}
