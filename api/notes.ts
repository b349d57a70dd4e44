import { addNote as add, changeNote as change, removeNote as remove } from '../domain/customers/notes.ts'
import { callerName } from './callerName.ts'
import { addNote, changeNote, removeNote } from './contract/notes.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

export const noteRoutes: Route[] = [
  route(addNote, async ({ params, body, caller, services }) => {
    const note = { text: body.text, by: callerName(caller) }
    return { note: String(await add(services.db, params.id, note, ownProvider(caller), services.now())) }
  }),

  route(changeNote, async ({ params, body, caller, services }) => {
    const which = { customer: params.id, note: Number(params.note) }
    const note = { text: body.text, by: callerName(caller) }
    await change(services.db, which, note, ownProvider(caller), services.now())
  }),

  route(removeNote, ({ params, caller, services }) =>
    remove(services.db, params.id, Number(params.note), ownProvider(caller)),
  ),
]
