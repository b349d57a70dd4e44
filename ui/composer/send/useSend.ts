import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { type CampaignOrder, createCampaign, editCampaign, type Recipients } from '../../../api/contract/orders.ts'
import { call, newKey } from '../../client/call.ts'
import { browserStorage } from '../draft/draftStore.ts'
import type { Order } from '../reward/useOrder.ts'
import { isDecided, isRunning } from './isDecided.ts'
import type { Message } from './message.ts'
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
  confirm: (order: Order, message: Message, options: Options) => void
  askAgain: () => void
  /** Somebody looked and saw that no mailing was made: the draft can be written on. */
  giveUp: () => void
}

/** How it goes out besides, and the draft that becomes it. */
type Options = Partial<Omit<CampaignOrder, keyof Recipients | 'content' | 'template' | 'kind' | 'reward'>>
type Body = Order & Options & Message

/** How often and after how many milliseconds a call is asked after that the server is still working on. */
const PATIENCE = { times: 20, pause: 1_500 }

type Acts = {
  /** Done before the mailing is asked for. */
  before: () => Promise<void>
  /** The planned mailing that is changed, and its revision that was looked at; undefined: a new one is made. */
  edits: { id: string; revision: number } | undefined
  /** Called once with the mailing that was made. */
  onSent: (campaign: Campaign) => void
  /** Called with a refusal that says for certain that nothing was made. */
  onRefused: (error: unknown) => void
}

/**
 * Makes one mailing of each confirmation: the key under which the server knows it is kept with the request until an
 * answer decides, so a double click, a lost connection or a reload ask for the same mailing again and never for a second.
 *
 * @param draftKey what the draft is kept under
 */
export function useSend(draftKey: string, { before, edits, onSent, onRefused }: Acts): SendState {
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
        await before()
        const campaign = await askFor(send, edits)
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
    [storage, draftKey, queries, before, edits, onSent, onRefused],
  )

  const confirm = useCallback(
    (order: Order, message: Message, options: Options) => {
      // Another window of this browser may have confirmed the same mail and still wait for its answer.
      const other = readPending(storage, draftKey)
      if (other !== null) setPending(other)
      else
        void ask({ key: newKey(), body: { ...order, ...options, ...message }, askedAt: new Date().toISOString() }, true)
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
async function askFor({ key: idempotencyKey, body }: PendingSend, edits: Acts['edits']): Promise<Campaign> {
  const order = body as Body
  for (let time = 1; ; time++) {
    try {
      if (edits === undefined) return await call(createCampaign, { body: order, idempotencyKey })
      const { id, revision } = edits
      return await call(editCampaign, { params: { id }, body: { ...order, revision }, idempotencyKey })
    } catch (error) {
      if (!isRunning(error) || time >= PATIENCE.times) throw error
      await new Promise((resolve) => setTimeout(resolve, PATIENCE.pause))
    }
  }
}
