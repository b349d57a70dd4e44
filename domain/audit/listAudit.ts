import type { Knex } from 'knex'
import { type Database, fromJson, rows } from '../database.ts'
import { escapeLike } from '../escapeLike.ts'

export type AuditLine = {
  id: number
  at: Date
  actor: { kind: 'user' | 'key' | 'nobody'; id: number; name: string }
  address: string
  permission: string
  method: string
  route: string
  status: number
  entity: { kind: string; id: string; name: string }
  before: unknown
  after: unknown
}

export type AuditFilter = {
  /** `user:12`, `key:3`. */
  actor?: string | undefined
  entity?: string | undefined
  entityId?: string | undefined
  from?: Date | undefined
  /** Not any more. */
  to?: Date | undefined
  /** In names, ids and addresses, and in what was changed. */
  text?: string | undefined
  /** Only what took effect. */
  done?: boolean | undefined
}

type Row = {
  id: number
  at: Date
  actor_kind: 'user' | 'key' | 'nobody'
  actor_id: number
  actor: string
  address: string
  permission: string
  method: string
  route: string
  status: number
  entity: string
  entity_id: string
  entity_name: string
  before_value: string | null
  after_value: string | null
}

/**
 * The audit trail, newest first.
 *
 * @param before the id of the last line of the page before
 */
export async function listAudit(
  db: Database,
  filter: AuditFilter,
  { limit, before }: { limit: number; before: number | null },
): Promise<AuditLine[]> {
  const parts = ['id < ?']
  const bindings: Knex.RawBinding[] = [before ?? Number.MAX_SAFE_INTEGER]
  const ask = (sql: string, ...values: Knex.RawBinding[]) => {
    parts.push(sql)
    bindings.push(...values)
  }
  const [, kind, id] = /^(user|key|nobody):(\d{1,15})$/.exec(filter.actor ?? '') ?? []
  if (kind !== undefined && id !== undefined) ask('actor_kind = ? AND actor_id = ?', kind, Number(id))
  if (filter.entity !== undefined) ask('entity = ?', filter.entity)
  if (filter.entityId !== undefined) ask('entity_id = ?', filter.entityId)
  if (filter.from !== undefined) ask('at >= ?', filter.from)
  if (filter.to !== undefined) ask('at < ?', filter.to)
  if (filter.done === true) ask('status < 400')
  if (filter.text !== undefined && filter.text.trim() !== '') {
    const like = `%${escapeLike(filter.text.trim())}%`
    const columns = ['actor', 'entity_id', 'entity_name', 'before_value', 'after_value']
    ask(
      `(${columns.map((column) => `${column} LIKE ? ESCAPE '!'`).join(' OR ')} OR address = ?)`,
      ...columns.map(() => like),
      filter.text.trim().replace(/[^\x20-\x7e]/g, ''),
    )
  }
  const found = await rows<Row>(
    db,
    `SELECT * FROM audit_entries WHERE ${parts.join(' AND ')} ORDER BY id DESC LIMIT ?`,
    [...bindings, limit],
  )
  return found.map((row) => ({
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor },
    address: row.address,
    permission: row.permission,
    method: row.method,
    route: row.route,
    status: row.status,
    entity: { kind: row.entity, id: row.entity_id, name: row.entity_name },
    before: fromJson(row.before_value),
    after: fromJson(row.after_value),
  }))
}
