import { chooseWinner as choose } from '../domain/campaigns/abTest.ts'
import { listActs as acts } from '../domain/campaigns/acts.ts'
import { approveCampaign as approve } from '../domain/campaigns/approval.ts'
import { composeMessage } from '../domain/campaigns/composeMessage.ts'
import { countHeld } from '../domain/campaigns/countHeld.ts'
import { createCampaign as create } from '../domain/campaigns/createCampaign.ts'
import { type Criteria, resolveCriteria } from '../domain/campaigns/criteria.ts'
import type { DraftKey } from '../domain/campaigns/drafts.ts'
import { editCampaign as edits } from '../domain/campaigns/editCampaign.ts'
import { refreshExpected } from '../domain/campaigns/expected.ts'
import { listVerdicts } from '../domain/campaigns/listVerdicts.ts'
import { expectRewards } from '../domain/campaigns/loyalty/expectRewards.ts'
import { preflight } from '../domain/campaigns/preflight.ts'
import type { Order } from '../domain/campaigns/prepareCampaign.ts'
import { type Campaign, listCampaigns as list, getCampaign as read } from '../domain/campaigns/readCampaigns.ts'
import { readList as readPasted } from '../domain/campaigns/readList.ts'
import { readOrder } from '../domain/campaigns/readOrder.ts'
import {
  cancelCampaign as cancel,
  pauseCampaign as pause,
  resumeCampaign as resume,
} from '../domain/campaigns/steerCampaign.ts'
import type { WrittenMail } from '../domain/campaigns/written.ts'
import type { Database } from '../domain/database.ts'
import type { ChannelName } from '../domain/deliveries/channels/channel.ts'
import { Problem } from '../domain/errors.ts'
import { nameProvider } from '../domain/providers/nameProvider.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { callerName } from './callerName.ts'
import {
  approveCampaign,
  cancelCampaign,
  chooseWinner,
  getCampaign,
  listActs,
  listCampaigns,
  pauseCampaign,
  resumeCampaign,
} from './contract/campaigns.ts'
import {
  type CampaignOrder,
  createCampaign,
  editCampaign,
  getOrder,
  listPreflight,
  preflightCampaign,
  type Recipients,
  readList,
  recipients,
} from './contract/orders.ts'
import { readIdCursor } from './idCursor.ts'
import { ownProvider } from './ownProvider.ts'
import { type Said, writtenOf } from './said.ts'
import { type Route, route } from './server/route.ts'
import type { Caller, Services } from './server/services.ts'

/** For how long a campaign sent by hand can be taken back before anything of it is prepared. */
const UNDO_SECONDS = 15

export const campaignRoutes: Route[] = [
  route(preflightCampaign, async ({ body, caller, services: { db, now } }) => {
    const settings = await readSettings(db)
    // a message that is already written is checked with everything else
    if (body.template !== undefined) await composeMessage(db, { template: body.template }, settings, body.channel)
    if (body.content !== undefined) await composeMessage(db, body.content, settings, body.channel)
    const { approvalAbove } = settings
    const criteria = await criteriaOf(body, caller, db)
    const audience = await resolveCriteria(db, criteria)
    const { requested, recipients, leftOut } = await preflight(db, audience, heldOf(body))
    const expected = { reward: body.reward, criteria, audience, sendAt: sendAtOf(body), recipients }
    const { most, assumption } = await expectRewards(db, expected, now())
    const held = await countHeld(db, audience, { recipients, holdout: heldOf(body) }, sendAtOf(body) ?? now())
    return {
      requested,
      recipients,
      left_out: leftOut,
      reward_liability: most,
      reward_assumption: assumption,
      held: held.map(({ until, ...rest }) => ({ ...rest, until: iso(until) })),
      needs_approval: approvalAbove !== null && recipients > approvalAbove,
    }
  }),

  route(listPreflight, async ({ body, caller, services: { db } }) => {
    const { reason, limit, cursor } = body
    return listVerdicts(db, await resolveCriteria(db, await criteriaOf(body, caller, db)), heldOf(body), {
      reason,
      limit,
      cursor,
    })
  }),

  route(createCampaign, async ({ body, caller, services }) => {
    const campaign = {
      ...(await orderOf(body, caller, services.db)),
      createdBy: emailOf(caller),
      undoSeconds: undoSecondsOf(body, caller),
      draft: draftOf(body, caller),
    }
    requireChannel(body.channel, services)
    const id = await create(services.db, campaign, services.now())
    await services.workflows.dispatchOutbox()
    return present(await read(services.db, id))
  }),

  route(editCampaign, async ({ params, body, caller, services }) => {
    const id = Number(params.id)
    const edit = {
      by: callerName(caller),
      seen: body.revision,
      undoSeconds: undoSecondsOf(body, caller),
      draft: draftOf(body, caller),
    }
    await edits(services.db, id, await orderOf(body, caller, services.db), edit, services.now())
    await services.workflows.dispatchOutbox()
    return steered(services, id, 'resume')
  }),

  route(getOrder, async ({ params, services }) => {
    const { criteria, reward, abTest, sendAt, spreadMinutes, ...rest } = await readOrder(services.db, Number(params.id))
    return {
      ...rest,
      channel: criteria.channel ?? 'email',
      recipients: recipientsOf(criteria),
      reward,
      ab_test: abTest,
      send_at: sendAt?.toISOString() ?? null,
      spread_minutes: spreadMinutes,
    }
  }),

  route(approveCampaign, async ({ params, body, caller, services }) => {
    const id = Number(params.id)
    const by = caller?.kind === 'user' ? caller : null
    const approval = { by, seen: body.revision, undoSeconds: UNDO_SECONDS }
    await approve(services.db, id, approval, services.now())
    await services.workflows.dispatchOutbox()
    return present(await read(services.db, id))
  }),

  route(chooseWinner, async ({ params, body, caller, services }) => {
    const choice = { winner: body.variant, by: callerName(caller) }
    await choose(services.db, Number(params.id), choice, services.now())
    return steered(services, Number(params.id), 'resume')
  }),

  route(listActs, async ({ params, services: { db } }) => {
    const { id } = await read(db, Number(params.id))
    return { items: (await acts(db, id)).map(({ at, ...act }) => ({ ...act, at: at.toISOString() })) }
  }),

  route(readList, async ({ body, caller, services: { db } }) => {
    const { customers, twice, unknown, unknownCount, ambiguous, ambiguousCount } = await readPasted(
      db,
      body.text,
      ownProvider(caller),
    )
    return {
      ...{ customers, twice, unknown, ambiguous },
      unknown_count: unknownCount,
      ambiguous_count: ambiguousCount,
    }
  }),

  route(listCampaigns, async ({ query, services }) => {
    const { limit, cursor, kind, state: states, provider, template } = query
    const providerId =
      provider === undefined ? undefined : await requireProvider(services.db, provider, '/query/provider')
    const found = await list(services.db, {
      limit: limit + 1,
      before: readIdCursor(cursor),
      kind,
      states,
      providerId,
      template,
    })
    const page = found.slice(0, limit)
    return { items: page.map(present), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(getCampaign, async ({ params, services: { db, now } }) => {
    await refreshExpected(db, Number(params.id), now())
    return present(await read(db, Number(params.id)))
  }),

  route(cancelCampaign, async ({ params, caller, services }) => {
    await cancel(services.db, Number(params.id), services.now(), callerName(caller))
    return steered(services, Number(params.id), 'cancel')
  }),

  route(pauseCampaign, async ({ params, caller, services }) => {
    await pause(services.db, Number(params.id), services.now(), callerName(caller))
    return steered(services, Number(params.id), 'pause')
  }),

  route(resumeCampaign, async ({ params, caller, services }) => {
    await resume(services.db, Number(params.id), services.now(), callerName(caller))
    return steered(services, Number(params.id), 'resume')
  }),
]

const emailOf = (caller: Caller | null) => (caller?.kind === 'user' ? caller.email : null)

/** The draft that becomes the campaign; programs have none. */
const draftOf = ({ draft }: { draft?: string | undefined }, caller: Caller | null): DraftKey | null =>
  draft === undefined || caller?.kind !== 'user' ? null : { user: caller.id, name: draft }

/** A person has a moment to think better of it; a program says if it wants one. */
const undoSecondsOf = ({ undo_seconds }: { undo_seconds?: number | undefined }, caller: Caller | null): number =>
  undo_seconds ?? (caller?.kind === 'user' ? UNDO_SECONDS : 0)

const heldOf = ({ holdout = 0, seed = '' }: { holdout?: number | undefined; seed?: string | undefined }) => ({
  holdout,
  seed,
})

/** Null sends at once. */
const sendAtOf = ({ send_at }: { send_at?: string | undefined }): Date | null =>
  send_at === undefined ? null : new Date(send_at)

async function orderOf(body: CampaignOrder, caller: Caller | null, db: Database): Promise<Order> {
  const { name, spread_minutes, holdout, seed, ab_test, reward } = body
  return {
    name,
    criteria: await criteriaOf(body, caller, db),
    content: writtenOf(body),
    reward,
    sendAt: sendAtOf(body),
    spreadMinutes: spread_minutes ?? null,
    holdout,
    seed,
    abTest:
      ab_test === undefined
        ? null
        : {
            share: ab_test.share ?? 20,
            decide: ab_test.decide,
            after_minutes: ab_test.after_minutes ?? null,
            subject: ab_test.subject,
            content: secondOf(ab_test),
          },
  }
}

/** The second message of a comparison; undefined where it is the first under another subject. */
function secondOf({ content, template }: Said): WrittenMail | undefined {
  if (content !== undefined && template !== undefined) {
    const message = 'The second message is either “content” or “template”'
    throw new Problem('invalid', message, [{ path: '/ab_test/template', message }])
  }
  return template === undefined ? content : { template }
}

/** What was asked for, as it is asked for again. */
const recipientsOf = ({ segment, provider, filter, customers, search }: Criteria): Recipients =>
  recipients.parse({ segment, provider, filter, customers, search })

type Asked = Recipients & { kind?: 'one_off' | 'loyalty' | undefined; channel?: ChannelName | undefined }

/** Whom a request asks for. Who has to do with one provider's customers writes in that provider's name, and to them only. */
async function criteriaOf(
  { kind = 'one_off', channel = 'email', segment, provider: named, filter, customers, search }: Asked,
  caller: Caller | null,
  db: Database,
): Promise<Criteria> {
  const own = ownProvider(caller)
  const provider = own === null ? named : (await nameProvider(db, own)).id
  return {
    kind,
    channel,
    ...(own === null ? {} : { ownOnly: true }),
    ...(segment === undefined ? {} : { segment }),
    ...(provider === undefined ? {} : { provider }),
    ...(filter === undefined ? {} : { filter }),
    ...(customers === undefined ? {} : { customers }),
    ...(search === undefined ? {} : { search }),
  }
}

/** A channel that nobody has set up would fail the campaign later. */
function requireChannel(channel: ChannelName, { smsUrl }: Services): void {
  if (channel !== 'sms' || smsUrl !== '') return
  const message = 'SMS is not set up: SMS_URL is not set'
  throw new Problem('invalid', message, [{ path: '/channel', message }])
}

/** The tables have changed already, which is what counts; the signal only makes the workflow look at once. */
async function steered(services: Services, id: number, signal: 'cancel' | 'pause' | 'resume') {
  try {
    await services.workflows.signalCampaign(id, signal)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    services.log.warn({ campaign: id, signal, reason: error.message }, 'the campaign’s workflow was not woken')
  }
  return present(await read(services.db, id))
}

function present(campaign: Campaign) {
  const { id, leftOut, sendAt, createdAt, startedAt, finishedAt, abTest, approval, audience, ...rest } = campaign
  const { undoUntil, notStopped, spreadMinutes, createdBy, editedBy, ...same } = rest
  return {
    ...same,
    id: String(id),
    left_out: leftOut,
    audience: audience === null ? null : String(audience),
    undo_until: iso(undoUntil),
    not_stopped: notStopped,
    spread_minutes: spreadMinutes,
    ab_test: abTest === null ? null : presentComparison(abTest),
    created_by: createdBy,
    edited_by: editedBy,
    approval: approval === null ? null : { by: approval.by, at: approval.at.toISOString() },
    send_at: iso(sendAt),
    created_at: createdAt.toISOString(),
    started_at: iso(startedAt),
    finished_at: iso(finishedAt),
  }
}

function presentComparison({ decideAt, decidedAt, decidedBy, ...rest }: NonNullable<Campaign['abTest']>) {
  return { ...rest, decide_at: iso(decideAt), decided_at: iso(decidedAt), decided_by: decidedBy }
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null
