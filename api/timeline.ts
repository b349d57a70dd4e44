import { readTimeline } from '../domain/timeline/readTimeline.ts'
import { getTimeline, timelineEntry } from './contract/timeline.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

export const timelineRoutes: Route[] = [
  route(getTimeline, async ({ params, query, caller, services }) => {
    const { limit, cursor, kind: kinds } = query
    const asked = { limit, cursor, kinds, own: ownProvider(caller) }
    const { items, next } = await readTimeline(services.db, params.id, asked)
    return {
      items: items.map(({ kind, at, provider, detail }) =>
        timelineEntry.parse({ kind, at: at.toISOString(), provider, ...detail, ...booleans(detail) }),
      ),
      next,
    }
  }),
]

/** The database's way to say yes and no. */
const booleans = ({ entered }: Record<string, unknown>) => (entered === undefined ? {} : { entered: entered === 1 })
