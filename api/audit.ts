import type { z } from 'zod'
import { type AuditFilter, type AuditLine, listAudit as list } from '../domain/audit/listAudit.ts'
import { BYTE_ORDER_MARK, csvLine } from '../domain/csv/csvLine.ts'
import type { Database } from '../domain/database.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { addDays, startOfDay } from '../rules/time.ts'
import { exportAudit, listAudit } from './contract/audit.ts'
import { readIdCursor } from './idCursor.ts'
import { Download, type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

export const auditRoutes: Route[] = [
  route(listAudit, async ({ query, services }) => {
    const { limit, cursor } = query
    const filter = await filterOf(services, query)
    const found = await list(services.db, filter, { limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return { items: page.map(present), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(exportAudit, async ({ query, services }) => {
    const filter = await filterOf(services, query)
    return new Download(`audit-${services.now().toISOString().slice(0, 10)}.csv`, lines(services.db, filter))
  }),
]

type Asked = z.output<(typeof exportAudit)['query']>

async function filterOf({ db }: Services, { actor, entity, id, from, to, text, done }: Asked): Promise<AuditFilter> {
  const { timeZone } = await readSettings(db)
  return {
    ...{ actor, entity, entityId: id, text },
    from: from === undefined ? undefined : startOfDay(from, timeZone),
    to: to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone),
    done: done === 'true' ? true : undefined,
  }
}

const COLUMNS = ['at', 'who', 'address', 'permission', 'call', 'status', 'kind', 'id', 'name', 'before', 'after']
const PAGE = 500

async function* lines(db: Database, filter: AuditFilter): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvLine(COLUMNS)
  let before: number | null = null
  for (;;) {
    const page: AuditLine[] = await list(db, filter, { limit: PAGE, before })
    yield head + page.map((line) => csvLine(cellsOf(line))).join('')
    head = ''
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    before = last.id
  }
}

const cellsOf = ({ at, actor, address, permission, method, route: path, status, entity, before, after }: AuditLine) => [
  at.toISOString(),
  actor.name,
  address,
  permission,
  `${method} ${path}`,
  status,
  entity.kind,
  entity.id,
  entity.name,
  before === null ? null : JSON.stringify(before),
  after === null ? null : JSON.stringify(after),
]

function present({ id, at, actor, ...line }: AuditLine) {
  return { ...line, id: String(id), at: at.toISOString(), actor: { ...actor, id: String(actor.id) } }
}
