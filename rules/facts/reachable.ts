import type { Context, Fact } from '../fact.ts'
import { CHANNELS, channel } from '../kinds.ts'
import { joined, plain, type Sql, sql } from '../sql.ts'
import { YES_OR_NO, yesOrNo } from '../yesOrNo.ts'

/** Has an address, has consented, is not suppressed: on the channel asked for, else on any. */
export const reachable: Fact = {
  label: 'Reachable',
  group: 'messages',
  parameters: { channel: { label: 'channel', kind: channel } },
  operators: YES_OR_NO,
  compile(condition, context) {
    const asked = condition.channel === undefined ? CHANNELS : [channel.schema.parse(condition.channel)]
    return yesOrNo(
      condition,
      sql`(${joined(
        asked.map((one) => reachableOn(one, context)),
        ' OR ',
      )})`,
    )
  },
}

/** The column with the address of a channel; push reaches a device that the customer has allowed to be reached. */
const ADDRESS = { email: 'email', sms: 'phone', push: null } as const

function reachableOn(one: (typeof CHANNELS)[number], context: Context): Sql {
  const column = ADDRESS[one]
  const address = column === null ? plain('TRUE') : sql`COALESCE(${context.customer(column)}, '') <> ''`
  const given = sql`COALESCE(${context.aggregate('consents', sql`MAX(x.channel = ${one} AND x.given)`)}, 0)`
  const same = column === null ? plain('TRUE') : sql`(q.address IS NULL OR q.address = ${context.customer(column)})`
  const suppressed = context.suppressed(sql`q.channel = ${one} AND (q.reason <> 'bounced' OR ${same})`)
  return sql`(${address} AND ${given} AND NOT (${suppressed}))`
}
