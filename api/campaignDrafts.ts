import {
  type DraftKey,
  discardDraft,
  keepDraft,
  listDrafts,
  readDraft,
  shownDraft,
  shownSummary,
} from '../domain/campaigns/drafts.ts'
import { draftTitle } from '../domain/campaigns/draftTitle.ts'
import { Problem } from '../domain/errors.ts'
import {
  type CampaignDraft,
  discardCampaignDraft,
  getCampaignDraft,
  keepCampaignDraft,
  listCampaignDrafts,
} from './contract/campaignDrafts.ts'
import { type Route, route } from './server/route.ts'
import type { Caller } from './server/services.ts'

/** What somebody writes and has not sent: their own, on whichever computer they go on. */
export const campaignDraftRoutes: Route[] = [
  route(listCampaignDrafts, async ({ caller, services: { db } }) => ({
    items: (await listDrafts(db, personOf(caller))).map(shownSummary),
    next: null,
  })),

  // what was kept went through the same schema
  route(
    getCampaignDraft,
    async ({ params, caller, services: { db } }) =>
      shownDraft(await readDraft(db, keyOf(caller, params.name))) as CampaignDraft,
  ),

  route(keepCampaignDraft, async ({ params, body, caller, services: { db, now } }) => {
    const { choice, content, revision } = body
    const change = {
      channel: content.channel,
      title: draftTitle(content),
      content: JSON.stringify(content),
      revision,
      ...(choice !== undefined && {
        to: { choice: JSON.stringify(choice), label: choice.label, customers: choice.count },
      }),
    }
    const kept = await keepDraft(db, keyOf(caller, params.name), change, now())
    return { revision: kept.revision, updated_at: kept.updatedAt.toISOString() }
  }),

  route(discardCampaignDraft, async ({ params, query, caller, services: { db } }) => {
    await discardDraft(db, keyOf(caller, params.name), query.revision)
  }),
]

/** Programs write no drafts: they know what they send. */
function personOf(caller: Caller | null): number {
  if (caller?.kind === 'user') return caller.id
  throw new Problem('forbidden', 'Drafts belong to a person, with their own account')
}

const keyOf = (caller: Caller | null, name: string): DraftKey => ({ user: personOf(caller), name })
