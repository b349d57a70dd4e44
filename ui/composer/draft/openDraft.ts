import type { KeptCampaign } from './campaignDrafts.ts'
import type { Draft } from './draftStore.ts'
import { isSame, type Written } from './written.ts'

/** What a page begins with. */
export type Opened = {
  written: Written
  /** The draft on the server that it goes on from; null when there is none. */
  seen: KeptCampaign | null
  /** Another one on the server: somebody has to say which of the two it is to be. */
  theirs: KeptCampaign | null
  keptAt: string | null
}

/**
 * Which draft a page goes on with: this browser's, which has the last strokes, or the server's, on which another browser
 * may have gone on. Only where both have gone on is there something to ask.
 *
 * @param begin what it is without any draft
 * @param held whether it was confirmed here, and nobody knows yet what became of it: nothing is asked then
 */
export function openDraft(
  local: Draft | null,
  kept: KeptCampaign | null,
  { begin, held }: { begin: Written; held: boolean },
): Opened {
  if (held && local !== null) return { written: local.written, seen: kept, theirs: null, keptAt: local.keptAt }
  if (kept === null) {
    // what the server had and has no more was sent or discarded elsewhere
    const isGone = local !== null && local.revision !== null && !local.unsent
    if (local === null || isGone) return { written: begin, seen: null, theirs: null, keptAt: null }
    return { written: local.written, seen: null, theirs: null, keptAt: local.keptAt }
  }
  const server = { written: kept.written, seen: kept, theirs: null, keptAt: kept.at }
  if (local === null || !local.unsent || isSame(local.written, kept.written)) return server
  const mine = { written: local.written, seen: kept, keptAt: local.keptAt }
  return { ...mine, theirs: local.revision === kept.revision ? null : kept }
}
