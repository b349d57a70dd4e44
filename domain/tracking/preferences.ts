import { type Database, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { MAIL_KINDS, type MailKind, type SuppressionKind } from '../suppressions/kinds.ts'
import type { SuppressionReason } from '../suppressions/suppress.ts'
import type { Tracked } from './readTracked.ts'

const CHANNELS = ['email', 'sms', 'push'] as const satisfies readonly ChannelName[]
/** So many providers are offered one by one. */
const MOST_PROVIDERS = 20

/** What somebody gets through one channel from one sender. */
type OfChannel = {
  channel: ChannelName
  kinds: Record<MailKind, boolean>
  /** Somebody of the business, or a complaint, holds everything back: that is not for a link to change. */
  held: boolean
}

/** Who writes: the business itself (`providerId` 0, no name), or a provider. */
export type Sender = { providerId: number; name: string | null; channels: readonly OfChannel[] }

export type Preferences = {
  senders: readonly Sender[]
  /** Nothing at all is sent. */
  nothing: boolean
}

type Row = { provider_id: number; channel: ChannelName; kind: SuppressionKind; reason: SuppressionReason }

/**
 * What a customer gets, from whom and how. Offered are the business, the providers who have written to the customer or are
 * not to, and the channels that reach them.
 */
export async function readPreferences(db: Database, tracked: Tracked): Promise<Preferences> {
  const { customerId } = tracked
  const suppressions = await rows<Row>(
    db,
    "SELECT provider_id, channel, kind, reason FROM suppressions WHERE customer_id = ? AND reason <> 'bounced'",
    [customerId],
  )
  const channels = await readChannels(db, tracked)
  const providers = await readProviders(db, tracked)
  const of = (providerId: number, channel: ChannelName): OfChannel => {
    const own = suppressions.filter((row) => row.provider_id === providerId && row.channel === channel)
    const all = own.find(({ kind }) => kind === 'all')
    const wanted = (kind: MailKind) => all === undefined && !own.some((row) => row.kind === kind)
    const kinds = { one_off: wanted('one_off'), loyalty: wanted('loyalty'), automation: wanted('automation') }
    return { channel, kinds, held: all !== undefined && all.reason !== 'unsubscribed' }
  }
  const senders = [{ id: 0, name: null }, ...providers].map(({ id, name }) => ({
    providerId: id,
    name,
    channels: channels.map((channel) => of(id, channel)),
  }))
  const nothing = CHANNELS.every((channel) => suppressions.some(isAll(channel)))
  return { senders, nothing }
}

const isAll = (channel: ChannelName) => (row: Row) =>
  row.provider_id === 0 && row.channel === channel && row.kind === 'all'

/** The channel of the message, and those by which the customer was reached or agreed to be. */
async function readChannels(db: Database, { customerId, channel }: Tracked): Promise<ChannelName[]> {
  const found = await rows<{ channel: ChannelName }>(
    db,
    `SELECT channel FROM consents WHERE customer_id = ? AND given = 1
     UNION SELECT channel FROM deliveries WHERE customer_id = ?
     UNION SELECT channel FROM suppressions WHERE customer_id = ? AND provider_id <> 0`,
    [customerId, customerId, customerId],
  )
  const reached = new Set([channel, ...found.map((row) => row.channel)])
  return CHANNELS.filter((one) => reached.has(one))
}

async function readProviders(
  db: Database,
  { customerId, providerId }: Tracked,
): Promise<{ id: number; name: string | null }[]> {
  const found = await rows<{ id: number; name: string | null; external_id: string }>(
    db,
    `SELECT p.id, p.name, p.external_id FROM providers p
     WHERE p.known = 1 AND (p.id = ?
       OR p.id IN (SELECT s.provider_id FROM suppressions s WHERE s.customer_id = ?)
       OR p.id IN (SELECT m.provider_id FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id WHERE d.customer_id = ?))
     ORDER BY p.id = ? DESC, p.name, p.id LIMIT ?`,
    [providerId, customerId, customerId, providerId, MOST_PROVIDERS],
  )
  return found.map(({ id, name, external_id }) => ({ id, name: name ?? external_id }))
}

/** What a form says: the senders and channels that it offered, and the kinds that are wanted, e.g. `7.email.loyalty`. */
export type Choices = { offered: ReadonlySet<string>; wanted: ReadonlySet<string> }

/** What of it differs from what stands: which suppressions come and which go. */
export function changesOf(
  preferences: Preferences,
  { offered, wanted }: Choices,
): { suppress: Change[]; lift: Change[] } {
  const suppress: Change[] = []
  const lift: Change[] = []
  for (const { providerId, channels } of preferences.senders) {
    for (const { channel, kinds, held } of channels) {
      if (held || !offered.has(`${providerId}.${channel}`)) continue
      const asked = MAIL_KINDS.filter((kind) => wanted.has(`${providerId}.${channel}.${kind}`))
      if (MAIL_KINDS.every((kind) => asked.includes(kind) === kinds[kind])) continue
      const all = { providerId, channel, kind: 'all' } as const
      const none = asked.length === 0
      if (none) suppress.push(all)
      else lift.push(all)
      for (const kind of MAIL_KINDS) {
        const one = { providerId, channel, kind }
        if (none || asked.includes(kind)) lift.push(one)
        else suppress.push(one)
      }
    }
  }
  return { suppress, lift }
}

/** A suppression of one customer. */
export type Change = { providerId: number; channel: ChannelName; kind: SuppressionKind }
