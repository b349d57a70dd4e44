import { listTags as list } from '../domain/tags/listTags.ts'
import { tagCustomers as tagMany } from '../domain/tags/tagCustomers.ts'
import { undoTagging as undo } from '../domain/tags/undoTagging.ts'
import type { Whom } from '../domain/tags/whom.ts'
import { callerName } from './callerName.ts'
import { listTags, tagCustomers, undoTagging } from './contract/tags.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

export const tagRoutes: Route[] = [
  route(tagCustomers, async ({ body, caller, services }) => {
    const { customers, search, deliveries, add, remove, dry_run: dryRun } = body
    const whom: Whom = customers ? { customers } : search ? { search } : { deliveries: deliveries ?? {} }
    const how = { by: callerName(caller), dryRun }
    const tagged = await tagMany(services.db, whom, { add, remove }, how, services.now())
    if (tagged.tagging !== null) services.workflows.wakeSegments()
    return { ...tagged, tagging: tagged.tagging === null ? null : String(tagged.tagging) }
  }),

  route(undoTagging, async ({ params, services }) => {
    const customers = await undo(services.db, Number(params.id), services.now())
    if (customers > 0) services.workflows.wakeSegments()
    return { customers }
  }),

  route(listTags, async ({ query, caller, services }) => ({
    items: await list(services.db, { ...query, own: ownProvider(caller) }),
    next: null,
  })),
]
