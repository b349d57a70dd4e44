import { createCampaign as create } from '../domain/campaigns/createCampaign.ts'
import { type Criteria, resolveCriteria } from '../domain/campaigns/criteria.ts'
import { preflight } from '../domain/campaigns/preflight.ts'
import { previewMessage } from '../domain/campaigns/previewMessage.ts'
import { type Campaign, listCampaigns as list, getCampaign as read } from '../domain/campaigns/readCampaigns.ts'
import { sendTest } from '../domain/campaigns/sendTest.ts'
import {
  cancelCampaign as cancel,
  pauseCampaign as pause,
  resumeCampaign as resume,
} from '../domain/campaigns/steerCampaign.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { Problem } from '../domain/errors.ts'
import { checkContent } from '../domain/messages/checkContent.ts'
import {
  cancelCampaign,
  createCampaign,
  getCampaign,
  listCampaigns,
  pauseCampaign,
  preflightCampaign,
  previewContent,
  type Recipients,
  resumeCampaign,
  testCampaign,
} from './contract/campaigns.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Caller, Services } from './server/services.ts'

export const campaignRoutes: Route[] = [
  route(preflightCampaign, async ({ body, services }) => {
    refuseUnready(body)
    if (body.content !== undefined) checkContent(body.content)
    const { requested, recipients, leftOut } = await preflight(
      services.db,
      await resolveCriteria(services.db, criteriaOf(body)),
    )
    return { requested, recipients, left_out: leftOut, reward_liability: 0 }
  }),

  route(createCampaign, async ({ body, caller, services }) => {
    refuseUnready(body)
    const { name, content, send_at } = body
    const sendAt = send_at === undefined ? null : new Date(send_at)
    const campaign = { name, criteria: criteriaOf(body), content, sendAt, createdBy: emailOf(caller) }
    const id = await create(services.db, campaign, services.now())
    await services.workflows.dispatchOutbox()
    return present(await read(services.db, id))
  }),

  route(listCampaigns, async ({ query, services }) => {
    const { limit, cursor } = query
    const found = await list(services.db, { limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return { items: page.map(present), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(getCampaign, async ({ params, services }) => present(await read(services.db, Number(params.id)))),

  route(cancelCampaign, async ({ params, services }) => {
    await cancel(services.db, Number(params.id), services.now())
    return steered(services, Number(params.id), 'cancel')
  }),

  route(pauseCampaign, async ({ params, services }) => {
    await pause(services.db, Number(params.id))
    return steered(services, Number(params.id), 'pause')
  }),

  route(resumeCampaign, async ({ params, services }) => {
    await resume(services.db, Number(params.id), services.now())
    return steered(services, Number(params.id), 'resume')
  }),

  route(previewContent, async ({ body, services }) =>
    previewMessage(services.db, { ...body, publicUrl: services.publicUrl }),
  ),

  route(testCampaign, async ({ body, caller, services }) => {
    if (services.smtpUrl === '') throw new Problem('unavailable', 'There is no mail server: SMTP_URL is not set')
    const channel = emailChannel(services.smtpUrl)
    try {
      const test = { ...body, to: emailOf(caller), publicUrl: services.publicUrl }
      return { address: await sendTest(services.db, channel, test) }
    } finally {
      channel.close()
    }
  }),
]

const emailOf = (caller: Caller | null) => (caller?.kind === 'user' ? caller.email : null)

function criteriaOf({ segment, provider, filter, customers }: Recipients): Criteria {
  return {
    ...(segment === undefined ? {} : { segment }),
    ...(provider === undefined ? {} : { provider }),
    ...(filter === undefined ? {} : { filter }),
    ...(customers === undefined ? {} : { customers }),
  }
}

/** What the interface already names but nothing sends yet. */
function refuseUnready({ kind, channel }: { kind: string; channel: string }): void {
  const refuse = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
  if (kind !== 'one_off') throw refuse('/kind', 'Only one_off campaigns can be sent so far')
  if (channel !== 'email') throw refuse('/channel', 'Only email can be sent so far')
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
  const { id, leftOut, sendAt, createdAt, startedAt, finishedAt, ...rest } = campaign
  return {
    ...rest,
    id: String(id),
    left_out: leftOut,
    send_at: sendAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
    started_at: startedAt?.toISOString() ?? null,
    finished_at: finishedAt?.toISOString() ?? null,
  }
}
