/**
 * The language of automations: one tree of steps, stored as it stands here and nothing else, as a rule is. A sequence holds
 * steps; a step that splits holds sequences of its own, which join again after it unless they end. A rare jump is a step
 * that names another one.
 */
import type { Rule, Scope } from '../rule.ts'

export type Automation = {
  readonly scope: Scope
  /** The happening that begins it. */
  readonly when: Trigger
  /** Of those to whom it happens, only who matches. */
  readonly only?: Rule
  readonly again: Again
  /** The same customer may be inside several times at a time. */
  readonly at_once?: true
  /** Whoever this holds for, or to whom it happens, leaves at once, wherever they are. */
  readonly unless?: readonly Exit[]
  /** Reached: leaves at once, as one who did what this was made for. */
  readonly goal?: Goal
  /** Of a hundred that enter, so many get nothing and are only counted. */
  readonly holdout?: number
  readonly then: readonly Step[]
}

/** Whether who has been in may enter again: at each happening, never, or once so long has passed since they last entered. */
export type Again = 'never' | 'each' | { readonly after: Duration }

export type Exit = { readonly id: string; readonly rule?: Rule; readonly on?: Happening }
export type Goal = { readonly rule?: Rule; readonly on?: Happening }

/** A length of time. Minutes and hours are exact; days and weeks keep the time of day in the business's time zone. */
export type Duration =
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly weeks: number }

/** Something that happens to a customer. `segment` is a key, `step` a step of the same automation that sends. */
export type Happening =
  | { readonly on: 'enters_segment' | 'leaves_segment'; readonly segment: string }
  | { readonly on: 'status_changes'; readonly from?: Status; readonly to?: Status }
  | { readonly on: 'tag_added'; readonly tag: string }
  | { readonly on: BookingHappening; readonly services?: readonly string[] }
  | { readonly on: 'membership_cancelled'; readonly types?: readonly string[] }
  | { readonly on: 'survey_answered'; readonly survey: string; readonly answers?: readonly string[] }
  | { readonly on: 'opened' | 'clicked'; readonly step: string }
  | { readonly on: 'event'; readonly name: string }
  | { readonly on: 'reward_used' }

export type BookingHappening = 'booking_made' | 'booking_attended' | 'booking_missed' | 'booking_cancelled'

/** `days` after the date, before it when negative, at a local time of day. */
export type DateTrigger = { readonly on: 'date'; readonly of: CustomerDate; readonly days: number; readonly at: string }

export type Trigger = Happening | DateTrigger | { readonly on: 'by_hand' }

/** Days that every customer has, or may have: the next birthday, the day on which the last membership or reward ends. */
export type CustomerDate = (typeof CUSTOMER_DATES)[number]
export const CUSTOMER_DATES = ['birthday', 'membership_end', 'reward_end'] as const

export type Status = (typeof STATUSES)[number]
export const STATUSES = ['lead', 'customer', 'vip'] as const

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * A voucher or free minutes, to be used within so many days from the day on which it is given. Amounts in minor units.
 * `provider` is whose it is, in an automation of the whole business; in one of each provider it is that provider's.
 */
export type Gift = { readonly days: number; readonly provider?: string } & (
  | { readonly kind: 'voucher'; readonly amount: number }
  | { readonly kind: 'voucher'; readonly percent: number; readonly ceiling?: number }
  | { readonly kind: 'free_minutes'; readonly minutes: number }
)

/** Every step has an id of its own, made once and kept by every edit: enrolments, messages and numbers refer to it. */
export type Step = { readonly id: string } & Work
export type Work =
  | SendWork
  | WaitWork
  | WaitUntilWork
  | WaitForWork
  | BranchWork
  | SplitWork
  | GiveWork
  | TagWork
  | StatusWork
  | SegmentWork
  | TellWork
  | CallWork
  | GoToWork
  | EndWork

/** A mail is a template; an SMS and a notification are written at the step, with merge tags as campaigns have them. */
export type SendWork = { readonly send: Sending }
export type Sending = { readonly reward?: Gift } & (
  | { readonly channel: 'email'; readonly template: string }
  | { readonly channel: 'sms'; readonly text: string }
  | {
      readonly channel: 'push'
      readonly title: string
      readonly text: string
      /** The page that opens when somebody presses it. */
      readonly url?: string
    }
)
export type WaitWork = { readonly wait: Duration }
export type WaitUntilWork = {
  readonly wait_until:
    | { readonly weekdays?: readonly Weekday[]; readonly at: string }
    | {
        readonly before?: CustomerDate
        readonly after?: CustomerDate
        readonly days: number
        readonly at: string
        /** Who has no such date, or one later than this, goes on after so long. */
        readonly at_most: Duration
      }
}
/** Waits for something to happen or a rule to hold: then `then`; `else` when the time is over first. */
export type WaitForWork = {
  readonly wait_for: Happening | { readonly rule: Rule }
  readonly at_most: Duration
  readonly then: readonly Step[]
  readonly else: readonly Step[]
}
/** The first way whose rule holds. */
export type BranchWork = {
  readonly branch: readonly { readonly if: Rule; readonly then: readonly Step[] }[]
  readonly else: readonly Step[]
}
/** Ways by chance, which is fixed for each customer and step; the percentages make a hundred. */
export type SplitWork = {
  readonly split: readonly { readonly percent: number; readonly name?: string; readonly then: readonly Step[] }[]
}
export type GiveWork = { readonly give: Gift }
export type TagWork = { readonly tag: { readonly add?: readonly string[]; readonly remove?: readonly string[] } }
export type StatusWork = { readonly status: Status | 'automatic' }
/** Puts into a segment or takes out of one, as by hand. */
export type SegmentWork = { readonly segment: { readonly put: string } | { readonly take: string } }
/** A mail to somebody of the business: the provider, or an address. */
export type TellWork = { readonly tell: { readonly to: string; readonly subject: string; readonly text: string } }
/** An HTTPS address that is called for each customer, signed. */
export type CallWork = { readonly call: { readonly url: string } }
export type GoToWork = { readonly go_to: string }
export type EndWork = { readonly end: true }

export const STEP_KINDS = [
  'send',
  'wait',
  'wait_until',
  'wait_for',
  'branch',
  'split',
  'give',
  'tag',
  'status',
  'segment',
  'tell',
  'call',
  'go_to',
  'end',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

export const MAX_STEPS = 200
/** How deep ways may lie in ways. */
export const MAX_WAYS_DEEP = 10
export const MAX_WAYS = 20
export const MAX_EXITS = 20

/** What a step does: the name of its one member that is not its id. */
export function kindOf(step: Step): StepKind {
  for (const kind of STEP_KINDS) if (kind in step) return kind
  throw new Error(`A step without work: ${step.id}`)
}
