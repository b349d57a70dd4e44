import { type Mistake, Problem } from '../domain/errors.ts'
import { ingest as ingestBatch } from '../domain/ingest/ingest.ts'
import type { Batch } from '../domain/ingest/items.ts'
import { checkItems } from './checkItems.ts'
import { INGESTED, ingest, type Kind, MAX_ITEMS } from './contract/ingest.ts'
import { Answer, type Route, route } from './server/route.ts'

const KINDS = Object.keys(INGESTED) as Kind[]

export const ingestRoutes: Route[] = [
  route(ingest, async ({ body, services }) => {
    const count = KINDS.reduce((sum, kind) => sum + (body[kind]?.length ?? 0), 0)
    if (count > MAX_ITEMS) {
      throw new Problem('too_large', `One call takes at most ${MAX_ITEMS} items; these are ${count}.`)
    }
    const mistakes: Mistake[] = []
    const checked = (kind: Kind) => {
      const items = body[kind]
      if (items === undefined) return {}
      const { good, mistakes: found } = checkItems(items, INGESTED[kind], `/${kind}`)
      mistakes.push(...found)
      return { [kind]: good }
    }
    const batch = Object.assign({ historical: body.historical }, ...KINDS.map(checked)) as Batch
    const { stored, errors, waiting } = await ingestBatch(services.db, batch, services.now())
    services.workflows.wakeSegments()

    mistakes.push(...errors)
    const taken = Object.values(stored).reduce((sum, number) => sum + number, 0)
    if (taken === 0 && mistakes.length > 0) {
      throw new Problem('invalid', 'None of the items could be stored.', inOrder(mistakes), { stored: {} })
    }
    const answer = { stored, errors: inOrder(mistakes), ...(isEmpty(waiting) ? {} : { waiting }) }
    return new Answer(mistakes.length === 0 ? 200 : 207, answer)
  }),
]

const isEmpty = ({ customers, providers }: { customers: string[]; providers: string[] }) =>
  customers.length + providers.length === 0

/** As the items stand in the request, whether a form or how things are was against them. */
function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const place = ({ path }: Mistake): [number, number] => {
    const [, kind, index] = path.split('/')
    return [KINDS.indexOf(kind as Kind), Number(index)]
  }
  return mistakes
    .map((mistake) => ({ mistake, place: place(mistake) }))
    .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
    .map(({ mistake }) => mistake)
}
