import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { keyring } from '../settings/secret.ts'

const NAME = 'seal'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts a few bytes with a key of the installation's own (AES-256-GCM), so that a copy of one table alone tells nothing. */
export async function seal(db: Database, text: string): Promise<Buffer> {
  const [key] = await keyring(db, NAME)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** What {@link seal} was given; null for what none of our keys has sealed. */
export async function unseal(db: Database, sealed: Buffer): Promise<string | null> {
  if (sealed.length < IV_BYTES + TAG_BYTES) return null
  for (const key of await keyring(db, NAME)) {
    try {
      const opened = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES))
      opened.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      return Buffer.concat([opened.update(sealed.subarray(IV_BYTES + TAG_BYTES)), opened.final()]).toString('utf8')
    } catch {
      // sealed with another key, or changed
    }
  }
  return null
}
