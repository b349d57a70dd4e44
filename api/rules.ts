import { knownValues } from '../domain/segments/knownValues.ts'
import { previewRule as preview } from '../domain/segments/previewRule.ts'
import { catalogue } from '../rules/catalogue.ts'
import { getCatalogue, previewRule } from './contract/segments.ts'
import { type Route, route } from './server/route.ts'

export const ruleRoutes: Route[] = [
  route(previewRule, async ({ body, services }) => {
    const { rule, scope, provider, as_of } = body
    const asOf = as_of === undefined ? undefined : new Date(as_of)
    const { count, nodes, sample, ...at } = await preview(services.db, { rule, scope, provider, asOf }, services.now())
    return { count, as_of: at.asOf.toISOString(), nodes, sample }
  }),

  route(getCatalogue, async ({ query, services }) => ({
    facts: catalogue(await knownValues(services.db), query.language),
    channels: ['email' as const],
  })),
]
