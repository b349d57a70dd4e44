import type { StepKind } from '../../rules/automations/automation.ts'
import type { Database } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { act } from './act.ts'
import type { Group } from './openGroup.ts'
import { branch } from './steps/branch.ts'
import { call } from './steps/call.ts'
import { give } from './steps/give.ts'
import { actOutward } from './steps/outward.ts'
import { segment } from './steps/segment.ts'
import { send } from './steps/send.ts'
import { split } from './steps/split.ts'
import { status } from './steps/status.ts'
import { tag } from './steps/tag.ts'
import { tell } from './steps/tell.ts'
import { passWait, passWaitFor, passWaitUntil } from './steps/waiting.ts'

/** What steps work with. */
export type StepParts = {
  /** For mails to people of the business. */
  email: Channel
  clock: () => Date
  /** Whether webhooks may lead into our own network. */
  privateWebhooks: boolean
  /** Asked between what is done outside the database: true ends it. */
  stop: () => boolean
}

/** Kinds of steps at which something is done; jumps and ends are passed by those who come to them. */
export type ActiveKind = Exclude<StepKind, 'go_to' | 'end'>

/** Does a step for those of a cohort whose time has come there. A further kind is a file in `steps/` and a line here. */
export async function runStep(
  db: Database,
  kind: ActiveKind,
  group: Group,
  { email, clock, privateWebhooks, stop }: StepParts,
): Promise<void> {
  switch (kind) {
    case 'send':
      return act(db, kind, group, clock(), send)
    case 'wait':
      return act(db, kind, group, clock(), passWait)
    case 'wait_until':
      return act(db, kind, group, clock(), passWaitUntil)
    case 'wait_for':
      return act(db, kind, group, clock(), passWaitFor)
    case 'branch':
      return act(db, kind, group, clock(), branch)
    case 'split':
      return act(db, kind, group, clock(), split)
    case 'give':
      return act(db, kind, group, clock(), give)
    case 'tag':
      return act(db, kind, group, clock(), tag)
    case 'status':
      return act(db, kind, group, clock(), status)
    case 'segment':
      return act(db, kind, group, clock(), segment)
    case 'tell':
      return actOutward(db, kind, group, { clock, stop, doing: tell(email) })
    case 'call':
      return actOutward(db, kind, group, { clock, stop, doing: call({ allowPrivate: privateWebhooks }) })
  }
}
