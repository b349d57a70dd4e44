import { type Icon, IconBan, IconClipboard, IconTagOff, IconTicket, IconUserMinus } from '@tabler/icons-react'
import type { Sending, Step, StepKind, Work } from '../../../rules/automations/automation.ts'
import { newBranchWay } from '../../../rules/automations/edits/ways.ts'
import type { Scope } from '../../../rules/rule.ts'
import type { Hue } from '../../canvas/rule/kinds.ts'
import { CHANNELS, kindOf } from '../cards/kinds.ts'

type Offered = {
  readonly key: OfferKey
  readonly group: 'messages' | 'time' | 'ways' | 'customer' | 'people' | 'flow'
  readonly kind: StepKind
  readonly sign: { readonly icon: Icon; readonly hue: Hue }
  /** What it does as it begins; what only the reader can know is left empty, and stands on the canvas as not right yet. */
  readonly work: (scope: Scope) => Work
}

const KEYS = [
  'email',
  'sms',
  'push',
  'wait',
  'wait_until_time',
  'wait_until_date',
  'wait_for',
  'branch',
  'split',
  'free_minutes',
  'voucher',
  'tag_add',
  'tag_remove',
  'status',
  'segment_put',
  'segment_take',
  'tell',
  'call',
  'go_to',
  'end',
] as const
export type OfferKey = (typeof KEYS)[number]

const whose = (scope: Scope) => (scope === 'business' ? { provider: '' } : {})
const send = (sending: Sending): Offered => ({
  key: sending.channel,
  group: 'messages',
  kind: 'send',
  sign: CHANNELS[sending.channel],
  work: () => ({ send: sending }),
})
const one = (
  key: OfferKey,
  group: Offered['group'],
  kind: StepKind,
  work: Offered['work'],
  icon: Icon = kindOf(kind).icon,
): Offered => ({ key, group, kind, sign: { icon, hue: kindOf(kind).hue }, work })

/** Everything that can be put into an automation. */
export const OFFERS: readonly Offered[] = [
  send({ channel: 'email', template: '' }),
  send({ channel: 'sms', text: '' }),
  send({ channel: 'push', title: '', text: '' }),
  one('wait', 'time', 'wait', () => ({ wait: { days: 7 } })),
  one('wait_until_time', 'time', 'wait_until', () => ({ wait_until: { weekdays: ['tue'], at: '10:00' } })),
  one('wait_until_date', 'time', 'wait_until', () => ({
    wait_until: { before: 'membership_end', days: 3, at: '10:00', at_most: { days: 30 } },
  })),
  one('wait_for', 'time', 'wait_for', () => ({
    wait_for: { on: 'booking_made' },
    at_most: { days: 7 },
    then: [],
    else: [],
  })),
  one('branch', 'ways', 'branch', () => ({ branch: [newBranchWay()], else: [] })),
  one('split', 'ways', 'split', () => ({
    split: [
      { percent: 50, then: [] },
      { percent: 50, then: [] },
    ],
  })),
  one('free_minutes', 'customer', 'give', (scope) => ({
    give: { kind: 'free_minutes', minutes: 15, days: 30, ...whose(scope) },
  })),
  one(
    'voucher',
    'customer',
    'give',
    (scope) => ({ give: { kind: 'voucher', amount: 1_000, days: 30, ...whose(scope) } }),
    IconTicket,
  ),
  one('tag_add', 'customer', 'tag', () => ({ tag: { add: [] } })),
  one('tag_remove', 'customer', 'tag', () => ({ tag: { remove: [] } }), IconTagOff),
  one('status', 'customer', 'status', () => ({ status: 'vip' })),
  one('segment_put', 'customer', 'segment', () => ({ segment: { put: '' } })),
  one('segment_take', 'customer', 'segment', () => ({ segment: { take: '' } }), IconUserMinus),
  one('tell', 'people', 'tell', (scope) => ({
    tell: { to: scope === 'provider' ? 'provider' : '', subject: '', text: '' },
  })),
  one('call', 'people', 'call', () => ({ call: { url: '' } })),
  one('go_to', 'flow', 'go_to', () => ({ go_to: '' })),
  one('end', 'flow', 'end', () => ({ end: true }), IconBan),
]

export const GROUPS = ['messages', 'time', 'ways', 'customer', 'people', 'flow'] as const

/** The sign of what was copied, in the palette. */
export const PASTE: { readonly icon: Icon; readonly hue: Hue } = { icon: IconClipboard, hue: 'gray' }

/** A new step of what the palette offers. */
export function newStep(key: string, id: string, scope: Scope): Step | undefined {
  const offered = OFFERS.find((offer) => offer.key === key)
  return offered && { id, ...offered.work(scope) }
}

/** Which of the offers a step is, to be called by the same name. */
export function offerOf(step: Step): OfferKey {
  if ('send' in step) return step.send.channel
  if ('wait_until' in step) return 'at_most' in step.wait_until ? 'wait_until_date' : 'wait_until_time'
  if ('give' in step) return step.give.kind
  if ('tag' in step) return step.tag.add === undefined ? 'tag_remove' : 'tag_add'
  if ('segment' in step) return 'put' in step.segment ? 'segment_put' : 'segment_take'
  return OFFERS.find(({ kind }) => kind in step)?.key ?? 'end'
}
