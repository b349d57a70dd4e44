import type { AlwaysKind, RetentionKind } from '../../rules/retention/kinds.ts'
import { imports } from './kinds/imports.ts'
import { messages } from './kinds/messages.ts'
import { answers, audit, jobs, nights, sessions, webhooks } from './kinds/simple.ts'
import { tracking } from './kinds/tracking.ts'
import type { Removal } from './removal.ts'

/** How each kind of thing goes; customers are erased, by `eraseSilent`. To add one: its file, a line here, and in `rules/retention`. */
export const REMOVALS: Readonly<Record<Exclude<RetentionKind, 'customers'> | AlwaysKind, Removal>> = {
  ...{ messages, tracking, audit, imports, webhooks },
  ...{ sessions, answers, jobs, nights },
}
