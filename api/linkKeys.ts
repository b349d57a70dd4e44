import { listKeys, removeKey, rotateSecret } from '../domain/settings/rotateSecret.ts'
import { listLinkKeys, removeLinkKey, rotateLinkKey } from './contract/settings.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

/** What the links in mails, the return paths and the unsubscribe addresses are signed with. */
const NAME = 'tracking'

export const linkKeyRoutes: Route[] = [
  route(listLinkKeys, async ({ services }) => {
    return keys(services)
  }),

  route(rotateLinkKey, async ({ services }) => {
    await rotateSecret(services.db, NAME, services.now())
    return keys(services)
  }),

  route(removeLinkKey, async ({ params, services }) => {
    await removeKey(services.db, NAME, params.version)
  }),
]

async function keys({ db }: Services) {
  const found = await listKeys(db, NAME)
  const items = found.map(({ version, createdAt }, place) => ({
    version,
    created_at: createdAt.toISOString(),
    signs: place === 0,
  }))
  return { items, next: null }
}
