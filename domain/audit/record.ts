import { type Database, execute } from '../database.ts'

/** Who did something: a person, a program, or nobody who was known yet, as at signing in. */
export type Actor = { kind: 'user' | 'key' | 'nobody'; id: number; name: string }

export type AuditEntry = {
  at: Date
  actor: Actor
  /** From where. */
  address: string
  permission: string
  method: string
  /** As the API declares it: `/segments/{id}`. */
  route: string
  status: number
  entity: string
  entityId: string
  entityName?: string | undefined
  /** What it was and became, without secrets; undefined where nobody edits anything by it. */
  before?: unknown
  after?: unknown
}

/** More of a value is not kept: a template with pictures in it may have megabytes. */
const MOST = 200_000

/** Adds a line to the audit trail. Nothing in the product changes or removes one. */
export async function recordAudit(db: Database, entry: AuditEntry): Promise<void> {
  const { at, actor, address, permission, method, route, status, entity, entityId, entityName = '' } = entry
  await execute(
    db,
    `INSERT INTO audit_entries (at, actor_kind, actor_id, actor, address, permission, method, route, status, entity, entity_id,
       entity_name, before_value, after_value)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      at,
      actor.kind,
      actor.id,
      actor.name.slice(0, 400),
      address.replace(/[^\x20-\x7e]/g, '').slice(0, 45),
      permission,
      method,
      route.slice(0, 200),
      status,
      entity,
      entityId.slice(0, 250),
      entityName.slice(0, 300),
      asText(entry.before),
      asText(entry.after),
    ],
  )
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text = JSON.stringify(withoutSecrets(value))
  return text.length <= MOST ? text : JSON.stringify({ too_long: text.length })
}

/** Names of what is never written down, wherever in a value it stands. */
const SECRET =
  /^(password|current|code|token|secret|key|private_key|recovery_codes|data|authorization|cookie)$|_(secret|password|token|key)$/i

/** A value without what must not be read in it later. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      SECRET.test(name) && part !== null ? '•••' : withoutSecrets(part),
    ]),
  )
}
