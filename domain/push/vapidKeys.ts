import { createECDH } from 'node:crypto'
import type { Database } from '../database.ts'
import type { VapidKeys } from '../deliveries/channels/push.ts'
import { secret } from '../settings/secret.ts'

/**
 * The key pair by which push services know this business, made once. Browsers that agreed have its public half: it is
 * never changed.
 */
export async function vapidKeys(db: Database): Promise<VapidKeys> {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(await secret(db, 'vapid'))
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url').padStart(43, 'A') }
}
