import type { z } from 'zod'
import { customersAt } from '../domain/segments/customersAt.ts'
import { knownValues } from '../domain/segments/knownValues.ts'
import { previewRule as preview } from '../domain/segments/previewRule.ts'
import { catalogue } from '../rules/catalogue.ts'
import { getCatalogue } from './contract/catalogue.ts'
import { listRuleCustomers, previewRule } from './contract/segments.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

/** The rule that a body asks about, as the domain reads it. */
const requestOf = ({ rule, scope, provider, as_of }: Omit<z.output<(typeof previewRule)['body']>, 'sampled'>) => ({
  rule,
  scope,
  provider,
  asOf: as_of === undefined ? undefined : new Date(as_of),
})

export const ruleRoutes: Route[] = [
  route(previewRule, async ({ body, services }) => {
    const request = { ...requestOf(body), sampled: body.sampled }
    const { asOf, ...seen } = await preview(services.db, request, services.now())
    return { ...seen, as_of: asOf.toISOString() }
  }),

  route(listRuleCustomers, ({ body, services }) =>
    customersAt(services.db, requestOf(body), body, body, services.now()),
  ),

  route(getCatalogue, async ({ query, caller, services }) => ({
    // which values there are, and how many have them, tells about everybody's customers
    facts: catalogue(ownProvider(caller) === null ? await knownValues(services.db) : () => undefined, query.language),
    channels: ['email' as const],
  })),
]
