import type { z } from 'zod'
import type { DeliveryFilter, deliveryFilterQuery } from './contract/deliveries.ts'
import { ownProvider } from './ownProvider.ts'
import type { Caller } from './server/services.ts'

/** Query parameters as the filter that they stand for, over the messages that the caller may see. */
export function deliveryFilterOf(
  query: z.output<typeof deliveryFilterQuery>,
  caller: Caller | null,
): DeliveryFilter & { own?: number | undefined } {
  const { state, reaction, channel, campaign, template, kind, provider, customer, from, to, text } = query
  const { variant, bounce, domain, link, wish } = query
  return {
    ...{ state, reaction, channel, campaign, template, kind, provider, customer, from, to, text },
    ...{ variant, bounce, domain, link, wish },
    own: ownProvider(caller) ?? undefined,
  }
}
