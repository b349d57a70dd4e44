import {
  changeView,
  createView,
  deleteView,
  listViews,
  mayChange,
  type View,
  type Viewer,
} from '../domain/customers/views.ts'
import { hasPermission } from '../rules/access/permissions.ts'
import {
  type CustomerView,
  changeCustomerView,
  createCustomerView,
  deleteCustomerView,
  listCustomerViews,
  viewDefinition,
} from './contract/customerList.ts'
import { ownProvider } from './ownProvider.ts'
import { rightsOf } from './server/requirePermission.ts'
import { type Route, route } from './server/route.ts'
import type { Caller } from './server/services.ts'

export const customerViewRoutes: Route[] = [
  route(listCustomerViews, async ({ caller, services }) => {
    const viewer = viewerOf(caller)
    const views = await listViews(services.db, viewer)
    return { items: views.map((view) => shown(viewer, view)), next: null }
  }),

  route(createCustomerView, async ({ body, caller, services }) => {
    const viewer = viewerOf(caller)
    return shown(viewer, await createView(services.db, viewer, kept(body), services.now()))
  }),

  route(changeCustomerView, async ({ params, body, caller, services }) => {
    const viewer = viewerOf(caller)
    const change = { ...kept(body), revision: body.revision }
    return shown(viewer, await changeView(services.db, viewer, Number(params.id), change, services.now()))
  }),

  route(deleteCustomerView, ({ params, caller, services }) =>
    deleteView(services.db, viewerOf(caller), Number(params.id)),
  ),
]

/** What others share may name what is not for a provider: groups, tags, segments of the whole business. */
function viewerOf(caller: Caller | null): Viewer {
  const isOffice = ownProvider(caller) === null
  return {
    user: caller?.kind === 'user' ? caller.id : null,
    seesShared: isOffice,
    changesShared: isOffice && caller !== null && hasPermission(rightsOf(caller), 'customers.write'),
  }
}

type Body = { name: string; shared: boolean; definition: CustomerView['definition'] }

const kept = ({ name, shared, definition }: Body) => ({ name, shared, definition: JSON.stringify(definition) })

function shown(viewer: Viewer, { id, definition, ...view }: View): CustomerView {
  // what was kept went through the same schema; of an older one, what is not understood any more is left out
  const read = viewDefinition.safeParse(JSON.parse(definition))
  return {
    ...view,
    id: String(id),
    definition: read.data ?? viewDefinition.parse({}),
    may_change: mayChange(viewer, view),
  }
}
