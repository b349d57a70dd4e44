import type { Sql } from '../customers/sql.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import type { MailKind, SuppressionKind } from '../suppressions/kinds.ts'

/** Why somebody who was asked for gets nothing, in the order in which it is looked at. */
export const LEFT_OUT_REASONS = [
  'unknown_customer',
  'no_address',
  'no_phone',
  'no_subscription',
  'unsubscribed',
  'bounced',
  'suppressed',
  'no_consent',
  'same_address',
  'holdout',
] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/** The setting and the campaign's own facts that decide who may be written to. */
export type MayWrite = { channel: ChannelName; providerId: number; kind: MailKind; mailUnknownConsent: boolean }

/**
 * Why a customer may not be written to, as SQL over `customers c`; null when they may. Preflight, freezing and the claim
 * ask the same text, so that they can't disagree; `same_address` and `holdout` are added by those who see the whole audience.
 *
 * @param address the SQL expression of the address that would be written to
 * @returns the joins to put behind `customers c`, and the expression
 */
export function leftOutSql(may: MayWrite, address = addressSql(may.channel)): { joins: Sql; reason: Sql } {
  const heeded = heededBy(may)
  const anyIs = (reason: string) => `'${reason}' IN (${heeded.map(({ name }) => `${name}.reason`).join(', ')})`
  return {
    joins: {
      sql: `${heeded.map(({ name }) => joinSuppression(name, address)).join('')}
        LEFT JOIN consents k ON k.customer_id = c.id AND k.channel = ?`,
      bindings: [...heeded.flatMap(({ providerId, kind }) => [providerId, may.channel, kind]), may.channel],
    },
    reason: {
      sql: `CASE
          WHEN COALESCE(c.known, 0) = 0 THEN 'unknown_customer'
          WHEN COALESCE(${addressSql(may.channel)}, '') = '' THEN '${NO_ADDRESS[may.channel]}'
          WHEN ${anyIs('unsubscribed')} THEN 'unsubscribed'
          WHEN ${anyIs('bounced')} THEN 'bounced'
          WHEN COALESCE(${heeded.map(({ name }) => `${name}.reason`).join(', ')}) IS NOT NULL THEN 'suppressed'
          WHEN COALESCE(k.given, ?) = 0 THEN 'no_consent'
        END`,
      // the setting is about mail: nobody gets a message on their telephone who never agreed to it
      bindings: [may.channel === 'email' && may.mailUnknownConsent ? 1 : 0],
    },
  }
}

const NO_ADDRESS = { email: 'no_address', sms: 'no_phone', push: 'no_subscription' } as const satisfies Record<
  ChannelName,
  LeftOutReason
>

/** Whose suppressions hold: the whole business's and the provider's own, of all mail and of this kind. */
function heededBy({ providerId, kind }: MayWrite): { name: string; providerId: number; kind: SuppressionKind }[] {
  return [...new Set([0, providerId])].flatMap((from) =>
    (['all', kind] as const).map((one) => ({ name: `s${from === 0 ? 'b' : 'p'}_${one}`, providerId: from, kind: one })),
  )
}

/** At most one row: the whole primary key is asked for. */
const joinSuppression = (name: string, address: string) => `
        LEFT JOIN suppressions ${name} ON ${name}.customer_id = c.id AND ${name}.provider_id = ?
          AND ${name}.channel = ? AND ${name}.kind = ? AND ${stands(name, address)}`

/** A suppression because of a bounce holds for the address that bounced, any other for the customer. */
const stands = (suppression: string, address: string) =>
  `(${suppression}.reason <> 'bounced' OR ${suppression}.address IS NULL OR ${suppression}.address = ${address})`
