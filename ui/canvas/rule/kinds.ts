import {
  type Icon,
  IconBuildingStore,
  IconCalendarEvent,
  IconCash,
  IconChecks,
  IconGift,
  IconHeart,
  IconId,
  IconMail,
  IconMessage,
  IconStar,
  IconTag,
  IconTrophy,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Condition } from '../../../rules/rule.ts'

/** What kind of fact a condition asks for: its sign and its colour, the same everywhere. */
export type Kind = {
  readonly icon: Icon
  readonly hue: 'teal' | 'violet' | 'blue' | 'pink' | 'indigo' | 'gray' | 'green'
}

const profile: Kind = { icon: IconUser, hue: 'blue' }
const bookings: Kind = { icon: IconCalendarEvent, hue: 'teal' }
const attended: Kind = { icon: IconChecks, hue: 'teal' }
const membership: Kind = { icon: IconId, hue: 'violet' }
const money: Kind = { icon: IconCash, hue: 'pink' }
const messages: Kind = { icon: IconMessage, hue: 'indigo' }

const KINDS: Readonly<Record<string, Kind>> = {
  aggregator: { icon: IconBuildingStore, hue: 'blue' },
  first_booking: bookings,
  last_booking: bookings,
  next_booking: bookings,
  booking_count: bookings,
  membership,
  membership_end: membership,
  payment_total: money,
  payment_count: money,
  last_payment: money,
  last_interaction: messages,
  delivery: { icon: IconMail, hue: 'indigo' },
  unsubscribed: { icon: IconMail, hue: 'indigo' },
  reachable: { icon: IconMail, hue: 'indigo' },
  latest_review: { icon: IconStar, hue: 'pink' },
  rank: { icon: IconTrophy, hue: 'teal' },
  favourite: { icon: IconHeart, hue: 'pink' },
  tag: { icon: IconTag, hue: 'gray' },
  segment: { icon: IconUsersGroup, hue: 'green' },
  reward: { icon: IconGift, hue: 'pink' },
}

/** The kind of a condition's fact; facts about the person, and those not known here, are of the profile. */
export function kindOf({ fact, states }: Condition): Kind {
  const kind = KINDS[fact] ?? profile
  return kind === bookings && Array.isArray(states) && states.join() === 'attended' ? attended : kind
}
