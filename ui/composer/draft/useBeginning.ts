import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listTemplates } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import { orderQuery } from '../../client/campaigns.ts'
import { useSession } from '../../client/session.ts'
import { keepingDone } from '../../client/versions.ts'
import type { RecipientChoice } from '../../shared/recipients.ts'
import { findDraft, type KeptCampaign } from './campaignDrafts.ts'
import { type Order, orderWritten } from './orderWritten.ts'
import { emptyWritten, type Written } from './written.ts'

/** More templates than anybody keeps. */
const TEMPLATES = 500

/** What a page for writing begins with: the draft on the server, and what the message is without one. */
export function useBeginning(choice: RecipientChoice, name: string) {
  const queries = useQueryClient()
  const { time_zone: timeZone } = useSession().business
  const id = choice.edits?.id ?? choice.copies
  return useQuery({
    queryKey: ['composer', name, id],
    queryFn: async ({ signal }): Promise<{ kept: KeptCampaign | null; begin: Written }> => {
      await keepingDone()
      // a server that does not answer keeps nobody from writing: this browser has a draft of its own
      const kept = await findDraft(name, signal).catch(() => null)
      if (id === undefined) return { kept, begin: emptyWritten() }
      const order = await queries.fetchQuery(orderQuery(id))
      const templates = await namesOf(order, signal)
      return { kept, begin: orderWritten(order, templates, { again: choice.edits !== undefined, timeZone }) }
    },
    retry: 1,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** The names of the templates that an order is made of, by id. */
async function namesOf({ content, ab_test }: Order, signal: AbortSignal): Promise<Map<string, string>> {
  const isMade = [content, ab_test?.content].some((one) => one !== undefined && 'template' in one)
  if (!isMade) return new Map()
  const { items } = await call(listTemplates, { query: { limit: TEMPLATES, archived: 'all' }, signal })
  return new Map(items.map((template) => [template.id, template.name]))
}
