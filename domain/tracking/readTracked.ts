import { type Database, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { keyring } from '../settings/secret.ts'
import { readToken, type TrackedThing, verifyToken } from './token.ts'

/** The delivery that a token was written for, with what the public pages need of it. */
export type Tracked = {
  delivery: number
  customerId: number
  /** 0 for the whole business. */
  providerId: number
  channel: ChannelName
  language: string | null
}

type Row = { customer_id: number; provider_id: number; channel: ChannelName; language: string | null }

/** Reads the token of an open pixel or an unsubscribe link. Null when nobody here wrote it, or its delivery is gone. */
export async function readTracked(db: Database, token: string, kind: 'open' | 'unsubscribe'): Promise<Tracked | null> {
  const thing = await verified(db, token)
  return thing?.kind === kind ? find(db, thing.delivery) : null
}

/** Reads the token of a link: where it leads is looked up, and only believed when the token was signed for it. */
export async function readClicked(db: Database, token: string): Promise<{ delivery: number; url: string } | null> {
  const thing = readToken(token)
  if (thing?.kind !== 'click') return null
  const [link] = await rows<{ url: string }>(
    db,
    `SELECT l.url FROM deliveries d JOIN campaign_links l ON l.campaign_id = d.campaign_id AND l.position = ?
     WHERE d.id = ?`,
    [thing.link, thing.delivery],
  )
  if (link === undefined || !verifyToken(await keyring(db, 'tracking'), token, link.url)) return null
  return { delivery: thing.delivery, url: link.url }
}

async function verified(db: Database, token: string): Promise<TrackedThing | null> {
  const thing = readToken(token)
  return thing !== null && verifyToken(await keyring(db, 'tracking'), token) ? thing : null
}

async function find(db: Database, delivery: number): Promise<Tracked | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT d.customer_id, m.provider_id, d.channel, c.language FROM deliveries d
     JOIN campaigns m ON m.id = d.campaign_id JOIN customers c ON c.id = d.customer_id WHERE d.id = ?`,
    [delivery],
  )
  if (row === undefined) return null
  const { customer_id: customerId, provider_id: providerId, channel, language } = row
  return { delivery, customerId, providerId, channel, language }
}
