import type { Sql } from '../customers/sql.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'

/**
 * Whether news may be sent to `customers c` by a channel: what a preflight leaves nobody out for, but for several with one
 * address. It says the same as `leftOutSql`, for everybody at once: who has agreed and who is suppressed are looked up as
 * sets, where that one asks for a customer at a time with the reason (tests hold the two together).
 *
 * @param providerId in whose name; 0 for the whole business
 */
export function reachableSql(channel: ChannelName, providerId: number): Sql {
  const address = addressSql(channel)
  const heeded = "s.channel = ? AND s.provider_id IN (0, ?) AND s.kind IN ('all', 'one_off')"
  const agreed = consentSql(channel)
  return {
    sql: `c.known = 1 AND (${agreed.sql})
      AND (c.id NOT IN (SELECT s.customer_id FROM suppressions s WHERE ${heeded})
        OR NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.customer_id = c.id AND ${heeded}
          AND (s.reason <> 'bounced' OR s.address IS NULL OR s.address = ${address})))
      AND COALESCE(${address}, '') <> ''`,
    bindings: [...agreed.bindings, channel, providerId, channel, providerId],
  }
}

/** The setting about those who were never asked is about mail: nobody gets a message on their telephone who never agreed to it. */
function consentSql(channel: ChannelName): Sql {
  const said = (given: 0 | 1) =>
    `c.id IN (SELECT k.customer_id FROM consents k WHERE k.channel = ? AND k.given = ${given})`
  if (channel !== 'email') return { sql: said(1), bindings: [channel] }
  return {
    sql: `${said(1)} OR ((SELECT s2.mail_unknown_consent FROM settings s2 WHERE s2.id = 1) = 1 AND NOT ${said(0)})`,
    bindings: [channel, channel],
  }
}
