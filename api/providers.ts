import { dropFavourite as drop } from '../domain/favourites/dropFavourite.ts'
import { pickFavourite as pickOne } from '../domain/favourites/pickFavourite.ts'
import { listProviders as providersByName } from '../domain/providers/listProviders.ts'
import { dropFavourite, listProviders, pickFavourite } from './contract/providers.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

export const providerRoutes: Route[] = [
  // a business has tens of providers, marketplaces some thousands of short rows: one part is all
  route(listProviders, async ({ caller, services }) => ({
    items: await providersByName(services.db, ownProvider(caller)),
    next: null,
  })),

  route(pickFavourite, async ({ params, services }) => {
    await pickOne(services.db, { provider: params.id, customer: params.customer }, services.now())
    services.workflows.wakeSegments()
  }),

  route(dropFavourite, async ({ params, services }) => {
    await drop(services.db, { provider: params.id, customer: params.customer }, services.now())
    services.workflows.wakeSegments()
  }),
]
