import type { Database } from '../database.ts'
import type { MailSigner } from '../deliveries/channels/email.ts'
import { dkimKey } from './dkimKey.ts'
import { readSettings } from './readSettings.ts'
import { remembered } from './remembered.ts'

/** Signs mail as the settings say: for a domain, with our own key. */
export function mailSigner(db: Database): MailSigner {
  return remembered(async () => {
    const { dkim } = await readSettings(db)
    return dkim === null ? null : { ...dkim, key: await dkimKey(db) }
  })
}
