import {
  IconArrowBack,
  IconArrowsSplit2,
  IconBolt,
  IconCalendarTime,
  IconCircleX,
  IconDeviceMobileMessage,
  IconGift,
  IconHourglass,
  IconMail,
  IconMessage,
  IconPercentage,
  IconPlayerStop,
  IconSpeakerphone,
  IconTag,
  IconTargetArrow,
  IconUserStar,
  IconUsersGroup,
  IconWebhook,
  IconZoomQuestion,
} from '@tabler/icons-react'
import type { Step, StepKind } from '../../../rules/automations/automation.ts'
import { kindOf as kindOfStep } from '../../../rules/automations/automation.ts'
import type { Kind } from '../../canvas/rule/kinds.ts'

/** Signs and colours by what a step does: messages, time, ways, gifts, the customer, people. */
const KINDS: Readonly<Record<StepKind, Kind>> = {
  send: { icon: IconMail, hue: 'indigo' },
  wait: { icon: IconHourglass, hue: 'gray' },
  wait_until: { icon: IconCalendarTime, hue: 'gray' },
  wait_for: { icon: IconZoomQuestion, hue: 'teal' },
  branch: { icon: IconArrowsSplit2, hue: 'violet' },
  split: { icon: IconPercentage, hue: 'violet' },
  give: { icon: IconGift, hue: 'grape' },
  tag: { icon: IconTag, hue: 'blue' },
  status: { icon: IconUserStar, hue: 'blue' },
  segment: { icon: IconUsersGroup, hue: 'blue' },
  tell: { icon: IconSpeakerphone, hue: 'pink' },
  call: { icon: IconWebhook, hue: 'pink' },
  go_to: { icon: IconArrowBack, hue: 'gray' },
  end: { icon: IconPlayerStop, hue: 'gray' },
}

/** Messages by how they go. */
export const CHANNELS = {
  email: { icon: IconMail, hue: 'indigo' },
  sms: { icon: IconMessage, hue: 'indigo' },
  push: { icon: IconDeviceMobileMessage, hue: 'indigo' },
} as const satisfies Record<string, Kind>

export const WHEN: Kind = { icon: IconBolt, hue: 'blue' }
export const UNLESS: Kind = { icon: IconCircleX, hue: 'gray' }
export const GOAL: Kind = { icon: IconTargetArrow, hue: 'green' }

/** The sign and colour of a kind of step. */
export const kindOf = (kind: StepKind): Kind => KINDS[kind]

/** The sign and colour of a step. */
export const signOf = (step: Step): Kind => ('send' in step ? CHANNELS[step.send.channel] : KINDS[kindOfStep(step)])
