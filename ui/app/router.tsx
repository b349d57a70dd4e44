import { createRouter } from '@tanstack/react-router'
import { queryClient } from '../client/queryClient.ts'
import { onSessionEnd } from '../client/sessionEnd.ts'
import { NotFound } from './NotFound.tsx'
import { PageBroke } from './PageBroke.tsx'
import { routeTree } from './routes.tsx'
import { readSearch, writeSearch } from './search.ts'

export const router = createRouter({
  routeTree,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageBroke,
})

onSessionEnd(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  queryClient.removeQueries({ queryKey: ['session'] })
  void router.navigate({ to: '/sign-in', search: { next: href, ended: 'yes' } })
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
