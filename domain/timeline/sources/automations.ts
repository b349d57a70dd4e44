import type { Source } from '../source.ts'
import { PROVIDER_NAME, tableSource } from './tableSource.ts'

const OF_WAY = 'JOIN automations a ON a.id = e.automation_id LEFT JOIN providers p ON p.id = e.provider_id'
const AUTOMATION = { automation: 'a.`key`', name: 'a.name', version: 'e.version' }
const WHOSE = { customer: 'e.customer_id', provider: PROVIDER_NAME, providerId: 'e.provider_id' }

/** What leaving by an exit, the goal or a hand says of the step at which somebody stood: the end says it already. */
const ENDS = "'exited', 'goal', 'stopped', 'moved', 'held_out'"

/** A customer's ways through automations: where they begin, each step that is behind them, and how they end. */
export const AUTOMATION_SOURCES: readonly Source[] = [
  tableSource('ending', {
    from: `enrolments e ${OF_WAY}`,
    ...WHOSE,
    id: 'e.id',
    at: 'e.ended_at',
    columns: { ...AUTOMATION, state: 'e.state', reason: 'e.reason' },
    where: 'e.ended_at IS NOT NULL',
  }),
  tableSource('step', {
    from: `enrolments e JOIN enrolment_steps x ON x.enrolment_id = e.id ${OF_WAY}`,
    ...WHOSE,
    // a way has less than a hundred thousand turns
    id: '(x.enrolment_id * 100000 + x.turn)',
    at: 'x.left_at',
    columns: { ...AUTOMATION, step: 'x.step', outcome: 'x.outcome' },
    where: `x.outcome NOT IN (${ENDS})`,
  }),
  tableSource('enrolment', {
    from: `enrolments e ${OF_WAY}`,
    ...WHOSE,
    id: 'e.id',
    at: 'e.entered_at',
    columns: { ...AUTOMATION, cause: 'e.cause' },
  }),
]
