import { countRows } from '../counts.ts'
import type { Fact, Operator } from '../fact.ts'
import { channel, name, window } from '../kinds.ts'
import { joined, plain, type Sql, sql } from '../sql.ts'

const STEPS = ['sent', 'delivered', 'opened', 'clicked', 'bounced'] as const

/** Messages of ours to the customer, and what became of them; `within` is when that happened. */
export const delivery: Fact = {
  label: 'Message',
  group: 'messages',
  parameters: {
    campaign: { label: 'campaign', kind: name('campaign') },
    template: { label: 'template', kind: name('template') },
    automation: { label: 'automation', kind: name('automation') },
    channel: { label: 'channel', kind: channel },
    within: { label: 'within', kind: window },
  },
  operators: Object.fromEntries(
    STEPS.flatMap((step): [string, Operator][] => [
      [step, { label: `was ${step}`, value: null }],
      [`not_${step}`, { label: `was not ${step}`, value: null }],
    ]),
  ),
  compile(condition, context) {
    const step = condition.is.replace(/^not_/, '')
    const asked: Sql[] = [sql`NOT x.test`, sql`${plain(`x.${step}_at`)} IS NOT NULL`]
    for (const [parameter, column] of [
      ['campaign', 'CAST(x.campaign_id AS CHAR)'],
      ['template', 'x.template_id'],
      ['automation', 'x.automation_id'],
      ['channel', 'x.channel'],
    ] as const) {
      const value = condition[parameter]
      if (value !== undefined) asked.push(sql`${plain(column)} = ${String(value)}`)
    }
    const counted = {
      table: 'deliveries' as const,
      at: plain(`x.${step}_at`),
      meant: joined(asked, ' AND '),
      adds: plain('1'),
    }
    const { number, ...flips } = countRows(counted, condition.within, context)
    const holds = sql`${number} > 0`
    return { holds: condition.is === step ? holds : sql`NOT (${holds})`, value: number, ...flips }
  },
}
