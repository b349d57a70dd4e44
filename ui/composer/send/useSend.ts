import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { type CampaignOrder, createCampaign, type Recipients } from '../../../api/contract/orders.ts'
import { call, newKey } from '../../client/call.ts'
import type { MessageDocument } from '../document/document.ts'
import { browserStorage } from '../draft/draftStore.ts'
import type { Order } from '../reward/useOrder.ts'
import { isDecided, isRunning } from './isDecided.ts'
import { isTooOld, keepPending, type PendingSend, readPending, removePending } from './pendingSend.ts'

/** How far a confirmed mailing is. */
export type SendState = {
  /** True from the confirmation to the answer. */
  asking: boolean
  /** Confirmed, but nobody knows whether the server made it: it has to be asked again. */
  pending: PendingSend | null
  /** Why it was refused, or why no answer came. */
  error: unknown
  /** Sends; where another window of this browser waits for an answer already, shows that instead. */
  confirm: (order: Order, content: Content, options: Options) => void
  askAgain: () => void
  /** Somebody looked and saw that no mailing was made: the draft can be written on. */
  giveUp: () => void
}

/** What is sent: what was written, or a template, perhaps under another subject. */
export type Content = { subject: string; document: MessageDocument } | { subject: string; template: string }
/** {@link Content} as the API takes it. */
type Message = { content: { subject: string; document: MessageDocument } } | { template: string; subject?: string }

/** What is sent, as the API takes it. */
export const messageOf = (content: Content): Message =>
  'template' in content
    ? { template: content.template, ...(content.subject !== '' && { subject: content.subject }) }
    : { content }
/** When and how it goes out. */
type Options = Partial<Omit<CampaignOrder, keyof Recipients | 'content' | 'template' | 'kind' | 'reward'>>
type Body = Order & Options & Message

/** How often and after how many milliseconds a call is asked after that the server is still working on. */
const PATIENCE = { times: 20, pause: 1_500 }

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
    async (send: PendingSend, first: boolean) => {
      if (busy.current) return
      busy.current = true
      setAsking(true)
      setError(null)
      setPending(send)
      setForgetful(!keepPending(storage, draftKey, send))
      try {
        const campaign = await createOnce(send)
        queries.setQueryData(['campaign', campaign.id], campaign)
        void queries.invalidateQueries({ queryKey: ['campaigns'] })
        void queries.invalidateQueries({ queryKey: ['loyalty'] })
        onSent(campaign)
        removePending(storage, draftKey)
        setPending(null)
      } catch (problem) {
        setError(problem)
        if (isDecided(problem, first)) {
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
    (order: Order, content: Content, options: Options) => {
      // Another window of this browser may have confirmed the same mail and still wait for its answer.
      const other = readPending(storage, draftKey)
      if (other !== null) setPending(other)
      else
        void ask(
          { key: newKey(), body: { ...order, ...options, ...messageOf(content) }, askedAt: new Date().toISOString() },
          true,
        )
    },
    [storage, draftKey, ask],
  )
  const askAgain = useCallback(() => {
    if (pending !== null && !isTooOld(pending, new Date())) void ask(pending, false)
  }, [pending, ask])
  const giveUp = useCallback(() => {
    removePending(storage, draftKey)
    setPending(null)
    setError(null)
  }, [storage, draftKey])

  // A reload before the answer would forget the key where the browser keeps nothing: it asks first.
  useEffect(() => {
    if (!forgetful || !asking) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [forgetful, asking])

  return { asking, pending, error, confirm, askAgain, giveUp }
}

/** Asks for the mailing, and again while the server still works on an earlier call with the same key. */
async function createOnce(send: PendingSend): Promise<Campaign> {
  for (let time = 1; ; time++) {
    try {
      return await call(createCampaign, { body: send.body as Body, idempotencyKey: send.key })
    } catch (error) {
      if (!isRunning(error) || time >= PATIENCE.times) throw error
      await new Promise((resolve) => setTimeout(resolve, PATIENCE.pause))
    }
  }
}
