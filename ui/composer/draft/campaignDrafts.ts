import {
  type CampaignDraft,
  discardCampaignDraft,
  getCampaignDraft,
  keepCampaignDraft,
} from '../../../api/contract/campaignDrafts.ts'
import { call } from '../../client/call.ts'
import { ProblemError } from '../../client/problem.ts'
import type { DraftStore } from '../../shared/keeping/keeper.ts'
import type { RecipientChoice } from '../../shared/recipients.ts'
import { fromContent, isEmpty, isSame, toContent, type Written } from './written.ts'

/** A draft of a message as the server keeps it. */
export type KeptCampaign = { revision: number; at: string; written: Written; choice: RecipientChoice }

/** A draft of the API as the keeper takes it. */
export const keptCampaign = ({ revision, updated_at, content, choice }: CampaignDraft): KeptCampaign => ({
  revision,
  at: updated_at,
  written: fromContent(content),
  choice,
})

/** The draft of a name; null when there is none. */
export async function findDraft(name: string, signal?: AbortSignal): Promise<KeptCampaign | null> {
  try {
    return keptCampaign(await call(getCampaignDraft, { params: { name }, signal }))
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null
    throw error
  }
}

/** What is on the page, and what it was without any draft. */
export type OnPage = { written: Written; begin: Written }

/** True when there is something to keep: words that were not there to begin with. */
export const isWorthKeeping = ({ written, begin }: OnPage): boolean => !isEmpty(written) && !isSame(written, begin)

/**
 * How the draft of a message is kept.
 *
 * @param isDone true once the message was sent: its draft is gone, and must not come back
 */
export function campaignDrafts(
  name: string,
  choice: RecipientChoice,
  isDone: () => boolean,
): DraftStore<KeptCampaign, OnPage> {
  // up to 100,000 customers: they are told once, not at each pause in typing
  let told: KeptCampaign | null = null
  const tells = (seen: KeptCampaign | null) =>
    seen === null || (told !== seen && JSON.stringify(seen.choice) !== JSON.stringify(choice))
  return {
    read: (answer) => keptCampaign(answer as CampaignDraft),
    isKept: (page, seen) =>
      isDone() || (isWorthKeeping(page) ? seen !== null && isSame(seen.written, page.written) : seen === null),
    keep: async (page, seen) => {
      const { written } = page
      if (!isWorthKeeping(page)) {
        const query = seen === null ? {} : { revision: seen.revision }
        await call(discardCampaignDraft, { params: { name }, query })
        return null
      }
      const body = {
        revision: seen?.revision ?? null,
        content: toContent(written),
        ...(tells(seen) ? { choice } : {}),
      }
      const kept = await call(keepCampaignDraft, { params: { name }, body })
      told = { revision: kept.revision, at: kept.updated_at, written, choice }
      return told
    },
  }
}
