import { type Database, execute, rows } from '../database.ts'
import { rotateSecret } from './rotateSecret.ts'
import { secret } from './secret.ts'

/** What webhooks of automations are signed with. */
const NAME = 'webhooks'

/** So long after a new secret was made the one before signs as well, in milliseconds: time enough to take up the new one. */
const OVERLAP = 86_400_000

/** The secret as receivers are told it: the text itself is the key of the HMAC. */
export type WebhookSecret = {
  text: string
  createdAt: Date
  /** Until when the secret before it signs as well; null when there is none. */
  previousUntil: Date | null
}

type Row = { value: Buffer; created_at: Date }

/** The secret that signs now; made at the first call. */
export async function readWebhookSecret(db: Database, now: Date): Promise<WebhookSecret> {
  const [newest, previous] = await readKeys(db)
  const until = new Date(newest.created_at.getTime() + OVERLAP)
  return {
    text: textOf(newest),
    createdAt: newest.created_at,
    previousUntil: previous !== undefined && until > now ? until : null,
  }
}

/** The keys by which a webhook is signed now, the newest first: for a day after a new one was made, two. */
export async function webhookKeys(db: Database, now: Date): Promise<Buffer[]> {
  const [newest, previous] = await readKeys(db)
  const overlaps = previous !== undefined && newest.created_at.getTime() + OVERLAP > now.getTime()
  return (overlaps ? [newest, previous] : [newest]).map((row) => Buffer.from(textOf(row)))
}

/** Makes a new secret; the one before signs for a day more, those before that no longer. */
export async function rotateWebhookSecret(db: Database, now: Date): Promise<WebhookSecret> {
  await rotateSecret(db, NAME, now)
  const kept = 'SELECT version FROM secrets WHERE name = ? ORDER BY version DESC LIMIT 1 OFFSET 1'
  const [previous] = await rows<{ version: number }>(db, kept, [NAME])
  await execute(db, 'DELETE FROM secrets WHERE name = ? AND version < ?', [NAME, previous?.version ?? 0])
  return readWebhookSecret(db, now)
}

async function readKeys(db: Database): Promise<[Row, Row | undefined]> {
  const sql = 'SELECT value, created_at FROM secrets WHERE name = ? ORDER BY version DESC LIMIT 2'
  const found = await rows<Row>(db, sql, [NAME])
  if (found[0] !== undefined) return [found[0], found[1]]
  await secret(db, NAME)
  const [made] = await rows<Row>(db, sql, [NAME])
  if (made === undefined) throw new Error(`The secret ${NAME} could not be stored`)
  return [made, undefined]
}

const textOf = ({ value }: Row): string => `whsec_${value.toString('base64url')}`
