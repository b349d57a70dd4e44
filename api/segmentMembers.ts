import { Problem } from '../domain/errors.ts'
import { decideMany as decideAbout } from '../domain/segments/members/decideMany.ts'
import { decideSegments as decideIn, decideMember, type Standing } from '../domain/segments/members/decideMember.ts'
import type { Decision } from '../domain/segments/members/decision.ts'
import { type OverridePlace, listOverrides as overridesOf } from '../domain/segments/members/listOverrides.ts'
import { callerName } from './callerName.ts'
import {
  decideMany,
  decideSegments,
  listOverrides,
  putMember,
  removeMember,
  takeBackOverride,
} from './contract/segmentMembers.ts'
import { type Call, type Route, route } from './server/route.ts'

type Params = { id: string; customer: string }

/** One decision about one customer; whoever asks for the segment is looked at again. */
async function decide(
  { params, query, caller, services }: Call<Params, { provider?: string | undefined }>,
  decision: Decision,
) {
  const names = { segment: params.id, provider: query.provider, customer: params.customer }
  const how = { decision, by: callerName(caller) }
  const standing = await decideMember(services.db, names, how, services.now())
  services.workflows.wakeSegments()
  return shown(params.customer, standing)
}

const shown = (customer: string, { member, byHand, changed, before }: Standing) => ({
  customer,
  member,
  by_hand: byHand,
  changed,
  before,
})

export const segmentMemberRoutes: Route[] = [
  route(putMember, (call) => decide(call, 'in')),
  route(removeMember, (call) => decide(call, 'out')),
  route(takeBackOverride, (call) => decide(call, 'rule')),

  route(listOverrides, async ({ params, query, services }) => {
    const page = { limit: query.limit + 1, after: readCursor(query.cursor) }
    const found = await overridesOf(services.db, params.id, query, page)
    const part = found.slice(0, query.limit)
    const last = part.at(-1)?.place
    return {
      items: part.map(({ customer, provider, decision, decidedAt, decidedBy }) => ({
        customer,
        provider,
        decision,
        decided_at: decidedAt.toISOString(),
        decided_by: decidedBy,
      })),
      next: found.length > query.limit && last !== undefined ? writeCursor(last) : null,
    }
  }),

  route(decideMany, async ({ params, body, caller, services }) => {
    const { customers, text, search, decision, provider, dry_run: dryRun } = body
    const whom = customers ? { customers } : text !== undefined ? { text } : { search: search ?? {} }
    const how = { decision, by: callerName(caller), dryRun }
    const decided = await decideAbout(services.db, { segment: params.id, provider }, whom, how, services.now())
    if (!dryRun) services.workflows.wakeSegments()
    return decided
  }),

  route(decideSegments, async ({ params, body, caller, services }) => {
    const how = { decision: body.decision, by: callerName(caller) }
    const decided = await decideIn(services.db, params.id, body.segments, how, services.now())
    services.workflows.wakeSegments()
    return decided
  }),
]

const writeCursor = ({ at, providerId, customerId }: OverridePlace) => `${at.getTime()}.${providerId}.${customerId}`

function readCursor(cursor: string | undefined): OverridePlace | null {
  if (cursor === undefined) return null
  const [, at, providerId, customerId] = /^(\d{1,14})\.(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
  }
  return { at: new Date(Number(at)), providerId: Number(providerId), customerId: Number(customerId) }
}
