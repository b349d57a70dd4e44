import type { DeliveryFilter } from '../../api/contract/deliveries.ts'
import type { Rule } from '../../rules/rule.ts'

/** States that rules can ask for. */
const STEPS: readonly string[] = ['sent', 'delivered', 'bounced']

/**
 * The rule of a segment of those to whom the messages went that a filter lets through, for the canvas. What rules don't
 * ask for (days, providers, the text, …) is not in it.
 *
 * @returns `whole` is false when it says less than the filter
 */
export function ruleOf(filter: DeliveryFilter): { rule: Rule; whole: boolean } {
  const channels: readonly (string | undefined)[] = filter.channel?.length ? filter.channel : [undefined]
  const campaigns: readonly (string | undefined)[] = filter.campaign?.length ? filter.campaign : [undefined]
  const templates: readonly (string | undefined)[] = filter.template?.length ? filter.template : [undefined]
  const of = campaigns.flatMap((campaign) =>
    channels.flatMap((channel) =>
      templates.map((template) => ({
        ...(campaign && { campaign }),
        ...(template && { template }),
        ...(channel && { channel }),
      })),
    ),
  )
  return { rule: anyOf(of.map((which) => oneOf(filter, which))), whole: isSaid(filter) }
}

function oneOf({ state, reaction }: DeliveryFilter, which: Record<string, string>): Rule {
  const ask = (is: string): Rule => ({ fact: 'delivery', ...which, is })
  const steps = (state ?? []).filter((value) => STEPS.includes(value))
  const asked = [
    ...(steps.length > 0 ? [anyOf(steps.map(ask))] : []),
    // who never got it has not left it unread
    ...(steps.length === 0 && reaction?.some((value) => value.startsWith('not_')) ? [ask('sent')] : []),
    ...(reaction ?? []).map(ask),
  ]
  return allOf(asked.length > 0 ? asked : [ask('sent')])
}

const anyOf = (rules: readonly Rule[]): Rule => (rules.length === 1 && rules[0] ? rules[0] : { any: [...rules] })
const allOf = (rules: readonly Rule[]): Rule => (rules.length === 1 && rules[0] ? rules[0] : { all: [...rules] })

function isSaid({ state, reaction, channel, campaign, template, ...others }: DeliveryFilter): boolean {
  return (
    (state ?? []).every((value) => STEPS.includes(value)) &&
    Object.values(others).every((value) => value === undefined || [value].flat().length === 0)
  )
}
