import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { type Campaign, createCampaign, type Recipients } from '../../../api/contract/campaigns.ts'
import { call, newKey } from '../../client/call.ts'
import type { MessageDocument } from '../document/document.ts'
import { browserStorage } from '../draft/draftStore.ts'
import { isDecided } from './isDecided.ts'
import { keepPending, type PendingSend, readPending, removePending } from './pendingSend.ts'

type Body = Recipients & { content: { subject: string; document: MessageDocument } }

/** How far a confirmed mailing is. */
export type SendState = {
  /** True from the confirmation to the answer. */
  asking: boolean
  /** Confirmed, but nobody knows whether the server made it: it has to be asked again. */
  pending: PendingSend | null
  /** Why it was refused, or why no answer came. */
  error: unknown
  /** True when a reload now would forget what was asked. */
  forgetful: boolean
  confirm: (recipients: Recipients, content: Body['content']) => void
  askAgain: () => void
}

/**
 * Makes one mailing of each confirmation: the key under which the server knows it is kept with the request until an
 * answer decides, so a double click, a lost connection or a reload ask for the same mailing again and never for a second.
 *
 * @param draftKey what the draft is kept under
 * @param onSent called once with the mailing that was made
 * @param onRefused called with a refusal that says for certain that nothing was made
 */
export function useSend(
  draftKey: string,
  onSent: (campaign: Campaign) => void,
  onRefused: (error: unknown) => void,
): SendState {
  const queries = useQueryClient()
  const [storage] = useState(browserStorage)
  const [pending, setPending] = useState<PendingSend | null>(() => readPending(storage, draftKey))
  const [error, setError] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const [forgetful, setForgetful] = useState(false)
  // State changes arrive with the next rendering, a second click may arrive before.
  const busy = useRef(false)

  const ask = useCallback(
    async (send: PendingSend) => {
      if (busy.current) return
      busy.current = true
      setAsking(true)
      setError(null)
      setPending(send)
      setForgetful(!keepPending(storage, draftKey, send))
      try {
        const campaign = await call(createCampaign, { body: send.body as Body, idempotencyKey: send.key })
        queries.setQueryData(['campaign', campaign.id], campaign)
        void queries.invalidateQueries({ queryKey: ['campaigns'] })
        onSent(campaign)
        removePending(storage, draftKey)
        setPending(null)
      } catch (problem) {
        setError(problem)
        if (isDecided(problem)) {
          removePending(storage, draftKey)
          setPending(null)
          onRefused(problem)
        }
      } finally {
        busy.current = false
        setAsking(false)
      }
    },
    [storage, draftKey, queries, onSent, onRefused],
  )

  const confirm = useCallback(
    (recipients: Recipients, content: Body['content']) => {
      // Another window of this browser may have confirmed the same mail and still wait for its answer.
      const other = readPending(storage, draftKey)
      void ask(other ?? { key: newKey(), body: { ...recipients, content }, askedAt: new Date().toISOString() })
    },
    [storage, draftKey, ask],
  )
  const askAgain = useCallback(() => {
    if (pending !== null) void ask(pending)
  }, [pending, ask])

  return { asking, pending, error, forgetful, confirm, askAgain }
}
