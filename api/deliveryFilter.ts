import type { z } from 'zod'
import type { DeliveryFilter, deliveryFilterQuery } from './contract/deliveries.ts'

/** Query parameters as the filter that they stand for. */
export function deliveryFilterOf(query: z.output<typeof deliveryFilterQuery>): DeliveryFilter {
  const { state, reaction, channel, campaign, template, kind, provider, customer, from, to, text } = query
  const { variant, bounce, domain, link, wish } = query
  return {
    ...{ state, reaction, channel, campaign, template, kind, provider, customer, from, to, text },
    ...{ variant, bounce, domain, link, wish },
  }
}
