import { recordEvents as record } from '../domain/automations/entering/recordEvents.ts'
import { Problem } from '../domain/errors.ts'
import { recordEvents } from './contract/events.ts'
import { Answer, type Route, route } from './server/route.ts'

export const eventRoutes: Route[] = [
  route(recordEvents, async ({ body, services }) => {
    const events = body.events.map(({ at, ...event }) => ({
      ...event,
      at: at === undefined ? undefined : new Date(at),
    }))
    const { recorded, known, mistakes: errors } = await record(services.db, events, services.now())
    services.workflows.wakeSegments()
    await services.workflows.dispatchOutbox()
    if (errors.length === events.length) throw new Problem('invalid', 'None of the events could be recorded.', errors)
    return new Answer(errors.length === 0 ? 200 : 207, { recorded, known, errors })
  }),
]
