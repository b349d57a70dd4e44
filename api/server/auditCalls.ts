import type { Request } from 'express'
import { type Actor, recordAudit } from '../../domain/audit/record.ts'
import { Problem } from '../../domain/errors.ts'
import { readSnapshot } from '../auditSnapshots.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { plainAddress } from './callerAddress.ts'
import { Answer, Download, type Trail } from './route.ts'
import type { Caller, Services } from './services.ts'

type Audited = {
  endpoint: Endpoint
  request: Request
  caller: Caller | null
  input: { params: unknown; query: unknown; body: unknown }
  services: Services
}

/** Whether a call changes something that somebody may ask about later, or takes everything of a kind out as a file. */
const isAudited = ({ method, permission, audit, path }: Endpoint): boolean =>
  audit && (path.startsWith('/exports/') || (method !== 'get' && !/\.(read|try)$/.test(permission)))

/**
 * Does the work of a call and writes it down in the audit trail: who did it, from where, by which permission, to what, and
 * what that was before and after. This is the one place from which the trail is written, so no call is forgotten; what was
 * refused is written down where it was a right that was missing. Without a snapshot of the thing, what was asked for stands
 * as what it became.
 *
 * @param trail what the handler says itself, over what can be seen from here
 */
export async function audited<Result>(call: Audited, trail: Trail, work: () => Promise<Result>): Promise<Result> {
  const { endpoint, input, services } = call
  if (!isAudited(endpoint)) return work()
  const [, entity = ''] = endpoint.path.split('/')
  const id = idIn(input.params)
  const before = await readSnapshot(services, entity, id)
  let result: Result
  try {
    result = await work()
  } catch (error) {
    if (error instanceof Problem && isWorthTelling(error)) await write(call, trail, { entity, id, error })
    throw error
  }
  const made = id ?? idIn(result instanceof Answer ? result.body : result) ?? fileIn(result)
  const after = await readSnapshot(services, entity, made)
  const asked = { ...asObject(input.params), ...asObject(input.query), ...shortened(input.body) }
  await write(call, trail, {
    entity,
    id: made,
    status: result instanceof Answer ? result.status : endpoint.status,
    before: before ?? undefined,
    after: after ?? (before === null ? asked : undefined),
  })
  return result
}

const isWorthTelling = ({ code }: Problem): boolean => ['forbidden', 'wrong_credentials', 'wrong_code'].includes(code)

/** A call that was refused before its handler was asked. */
export async function auditRefusal(call: Omit<Audited, 'input'>, error: Problem): Promise<void> {
  const { endpoint } = call
  if (!isAudited(endpoint)) return
  const [, entity = ''] = endpoint.path.split('/')
  const id = idIn(call.request.params)
  await write({ ...call, input: { params: undefined, query: undefined, body: undefined } }, {}, { entity, id, error })
}

type Line = {
  entity: string
  id: string | null
  status?: number
  before?: unknown
  after?: unknown
  error?: Problem
}

async function write({ endpoint, request, caller, services }: Audited, trail: Trail, line: Line): Promise<void> {
  const { entity, id, status = line.error?.code === 'forbidden' ? 403 : 401, before, after } = line
  const name = [line.after, line.before].map((value) => asObject(value).name).find((one) => typeof one === 'string')
  await recordAudit(services.db, {
    at: services.now(),
    actor: trail.actor ?? actorOf(caller),
    address: plainAddress(request.ip),
    permission: endpoint.permission,
    method: endpoint.method.toUpperCase(),
    route: endpoint.path,
    status,
    entity: trail.entity ?? entity,
    entityId: trail.id ?? id ?? '',
    entityName: trail.name ?? (typeof name === 'string' ? name : ''),
    before: 'before' in trail ? trail.before : before,
    after: 'after' in trail ? trail.after : after,
  })
}

function actorOf(caller: Caller | null): Actor {
  if (caller === null) return { kind: 'nobody', id: 0, name: '' }
  return { kind: caller.kind, id: caller.id, name: caller.kind === 'user' ? caller.email : caller.name }
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Of a file that is taken out, its name. */
const fileIn = (result: unknown): string | null => (result instanceof Download ? result.name : null)

/** What a thing is called in an address or an answer. */
function idIn(value: unknown): string | null {
  const { id, customer, booking, version } = asObject(value)
  const found = id ?? customer ?? booking ?? version
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null
}

/** More of a list is not kept: a mailing may name a hundred thousand customers. */
const MOST = 100

/** A body with its long lists cut, and how long they were. */
function shortened(body: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asObject(body)).map(([name, value]) =>
      Array.isArray(value) && value.length > MOST
        ? [name, [...value.slice(0, MOST), `… ${value.length - MOST} more`]]
        : [name, value],
    ),
  )
}
