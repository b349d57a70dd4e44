import { listProviders as providersByName } from '../domain/providers/listProviders.ts'
import { listProviders } from './contract/providers.ts'
import { type Route, route } from './server/route.ts'

export const providerRoutes: Route[] = [
  // a business has tens of providers, marketplaces some thousands of short rows: one part is all
  route(listProviders, async ({ services }) => ({ items: await providersByName(services.db), next: null })),
]
