import {
  type Icon,
  IconBuildingStore,
  IconCake,
  IconCalendarDue,
  IconCalendarEvent,
  IconCalendarPlus,
  IconCash,
  IconChecks,
  IconCreditCard,
  IconCrown,
  IconForms,
  IconGift,
  IconHeart,
  IconHourglass,
  IconId,
  IconLanguage,
  IconMail,
  IconMailCheck,
  IconMailOff,
  IconMessage,
  IconReceipt,
  IconStar,
  IconTag,
  IconTrophy,
  IconUser,
  IconUserPlus,
  IconUsers,
  IconUsersGroup,
  IconWorld,
} from '@tabler/icons-react'
import type { Condition } from '../../../rules/rule.ts'

/** What kind of fact a condition asks for: its sign and its colour, the same everywhere. */
export type Kind = { readonly icon: Icon; readonly hue: Hue }
export type Hue = 'teal' | 'violet' | 'blue' | 'pink' | 'grape' | 'indigo' | 'gray' | 'green'

const profile = (icon: Icon): Kind => ({ icon, hue: 'blue' })
const bookings = (icon: Icon): Kind => ({ icon, hue: 'teal' })
const membership = (icon: Icon): Kind => ({ icon, hue: 'violet' })
const money = (icon: Icon): Kind => ({ icon, hue: 'pink' })
const messages = (icon: Icon): Kind => ({ icon, hue: 'indigo' })

/** By fact: a colour for each group of facts, and a sign for what is asked. */
const KINDS: Readonly<Record<string, Kind>> = {
  first_booking: bookings(IconCalendarPlus),
  last_booking: bookings(IconCalendarEvent),
  next_booking: bookings(IconCalendarDue),
  booking_count: bookings(IconCalendarEvent),
  rank: bookings(IconTrophy),
  membership: membership(IconId),
  membership_end: membership(IconHourglass),
  payment_total: money(IconCash),
  payment_count: money(IconReceipt),
  last_payment: money(IconCreditCard),
  latest_review: { icon: IconStar, hue: 'grape' },
  last_interaction: messages(IconMessage),
  delivery: messages(IconMail),
  reachable: messages(IconMailCheck),
  unsubscribed: messages(IconMailOff),
  birthday: profile(IconCake),
  joined: profile(IconUserPlus),
  language: profile(IconLanguage),
  country: profile(IconWorld),
  customer_group: profile(IconUsers),
  aggregator: profile(IconBuildingStore),
  status: profile(IconCrown),
  attribute: profile(IconForms),
  favourite: { icon: IconHeart, hue: 'grape' },
  tag: { icon: IconTag, hue: 'gray' },
  segment: { icon: IconUsersGroup, hue: 'green' },
  reward: { icon: IconGift, hue: 'grape' },
}

const BY_ATTENDANCE = ['first_booking', 'last_booking', 'next_booking', 'booking_count']

/** The kind of a condition's fact; facts about the person, and those not known here, are of the profile. */
export function kindOf({ fact, states }: Condition): Kind {
  const attended = BY_ATTENDANCE.includes(fact) && Array.isArray(states) && states.join() === 'attended'
  return attended ? bookings(IconChecks) : (KINDS[fact] ?? profile(IconUser))
}
