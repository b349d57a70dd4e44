import { queryOptions } from '@tanstack/react-query'
import {
  getStatusAutomation,
  listStatusVersions,
  previewStatusAutomation,
  type StatusAutomation,
  type StatusRule,
} from '../../api/contract/statusAutomation.ts'
import { call } from '../client/call.ts'

const WHILE_COMPUTING = 700

/** The rules that are saved, with how many customers have which status. */
export const automationQuery = queryOptions({
  queryKey: ['status-automation'],
  queryFn: ({ signal }) => call(getStatusAutomation, { signal }),
  refetchInterval: ({ state }) => (state.data?.computing ? WHILE_COMPUTING : false),
})

/** Rules that are not saved yet, and the version that they were made from. */
export type StatusDraft = {
  version: number
  enabled: boolean
  rules: StatusRule[]
  /** Decide about everybody from the beginning. */
  anew: boolean
}

/** The draft, which stays when a rule of it is drawn on another page; null: nothing was changed. */
export const draftQuery = queryOptions<StatusDraft | null>({
  queryKey: ['status-draft'],
  queryFn: () => null,
  initialData: null,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

export const draftOf = ({ version, enabled, rules }: StatusAutomation): StatusDraft => ({
  version,
  enabled,
  rules,
  anew: false,
})

/** Whether a draft says anything else than what is saved. */
export const isChanged = (draft: StatusDraft, saved: StatusAutomation): boolean =>
  draft.anew || JSON.stringify([draft.enabled, draft.rules]) !== JSON.stringify([saved.enabled, saved.rules])

/** Who would change if a draft were saved. */
export const previewQuery = ({ enabled, rules }: Pick<StatusDraft, 'enabled' | 'rules'>, version: number) =>
  queryOptions({
    queryKey: ['status-automation', 'preview', version, enabled, rules],
    queryFn: ({ signal }) => call(previewStatusAutomation, { body: { enabled, rules }, signal }),
    retry: false,
  })

const MANY = 100

/** The rules as they were saved, newest first. */
export const statusVersionsQuery = queryOptions({
  queryKey: ['status-automation', 'versions'],
  queryFn: ({ signal }) => call(listStatusVersions, { query: { limit: MANY }, signal }),
})

const PLACES = ['lead', 'customer', 'vip'] as const

/** Whether a rule leads back. */
export const isBack = ({ from, to }: Pick<StatusRule, 'from' | 'to'>): boolean =>
  PLACES.indexOf(to) < PLACES.indexOf(from)

/** The rules that ship with the product: they are switched off, and not removed. */
export const SHIPPED = ['appointment-attended', 'event-attended', 'payment-made', 'message-exchanged'] as const

export const isShipped = (id: string): id is (typeof SHIPPED)[number] => SHIPPED.some((one) => one === id)

/** An id that no rule has yet. */
export function freeId({ from, to }: Pick<StatusRule, 'from' | 'to'>, rules: readonly StatusRule[]): string {
  for (let count = 1; ; count++) {
    const id = count === 1 ? `${from}-to-${to}` : `${from}-to-${to}-${count}`
    if (!rules.some((rule) => rule.id === id)) return id
  }
}
