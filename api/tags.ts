import { colourTag } from '../domain/tags/colourTag.ts'
import { listTags as list } from '../domain/tags/listTags.ts'
import { renameTag as rename } from '../domain/tags/renameTag.ts'
import { tagCustomers as tagMany } from '../domain/tags/tagCustomers.ts'
import { undoTagging as undo } from '../domain/tags/undoTagging.ts'
import { usesOf } from '../domain/tags/usesOf.ts'
import type { Whom } from '../domain/tags/whom.ts'
import { callerName } from './callerName.ts'
import { getTagUses, listTags, renameTag, setTagColour, tagColour, tagCustomers, undoTagging } from './contract/tags.ts'
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

  route(listTags, async ({ query, caller, services }) => {
    const found = await list(services.db, { ...query, own: ownProvider(caller) })
    return { items: found.map((one) => ({ ...one, colour: tagColour.safeParse(one.colour).data ?? null })), next: null }
  }),

  route(setTagColour, ({ body, services }) => colourTag(services.db, body.tag, body.colour, services.now())),

  route(renameTag, async ({ body, services }) => {
    const { tag, to, dry_run: dryRun } = body
    const renamed = await rename(services.db, { tag, to, dryRun }, services.now())
    if (renamed.merges && !dryRun) services.workflows.wakeSegments()
    return renamed
  }),

  route(getTagUses, async ({ query, services }) => ({ items: await usesOf(services.db, query.tag), next: null })),
]
