import type { Fact } from '../fact.ts'
import { channel } from '../kinds.ts'
import { plain, sql } from '../sql.ts'
import { YES_OR_NO, yesOrNo } from '../yesOrNo.ts'

/**
 * Wants no more mail, or must get none: from the whole business, or in a provider's segment from this provider. On the
 * channel asked for, else on any. An address that bounced is no wish of the customer's and does not count.
 */
export const unsubscribed: Fact = {
  label: 'Unsubscribed',
  group: 'messages',
  parameters: { channel: { label: 'channel', kind: channel } },
  operators: YES_OR_NO,
  compile(condition, context) {
    const on =
      condition.channel === undefined ? plain('TRUE') : sql`q.channel = ${channel.schema.parse(condition.channel)}`
    return yesOrNo(condition, context.suppressed(sql`q.reason <> 'bounced' AND ${on}`))
  },
}
