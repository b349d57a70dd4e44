import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { noteEnrolments } from '../webhooks/noteEnrolments.ts'
import type { Version } from './definition.ts'
import { type Stand, standAt } from './standAt.ts'
import type { Standing } from './standing.ts'

/** Somebody leaves the step where they stand. */
export type Move = {
  who: Standing
  /** The step that they are sent to; null where the automation ends for them. */
  to: string | null
  /** What became of the step: `passed`, or which way they went. */
  outcome: string
  detail?: string | null
}

/**
 * Lets enrolments go on, with a line for the step behind them, set-based. Jumps and ends on the way are passed at once.
 * The caller's transaction holds them.
 */
export async function moveOn(trx: Database, version: Version, moves: readonly Move[], now: Date): Promise<void> {
  if (moves.length === 0) return
  const landings = new Map<string, { step: string | null; passed: string[]; movers: Move[] }>()
  for (const move of moves) {
    const key = move.to ?? ''
    const landing = landings.get(key) ?? { ...version.walk.land(move.to), movers: [] }
    landing.movers.push(move)
    landings.set(key, landing)
  }
  await noteSteps(
    trx,
    version,
    [...landings.values()].flatMap(({ passed, movers }) =>
      movers.flatMap(({ who, outcome, detail = null }): Line[] => [
        { id: who.id, turn: who.turn, step: who.step, since: who.since, outcome, detail },
        ...passed.map((step, n) => {
          return { id: who.id, turn: who.turn + 1 + n, step, since: now, outcome: 'passed', detail: null }
        }),
      ]),
    ),
    now,
  )
  for (const { step, passed, movers } of landings.values()) {
    const whom = movers.map(({ who }) => who)
    if (step === null) {
      await finish(trx, whom, now)
      continue
    }
    const stands = await standAt(trx, version, step, whom, now)
    await arrive(trx, whom, { step, turns: 1 + passed.length, stands }, now)
  }
}

type Line = { id: number; turn: number; step: string; since: Date; outcome: string; detail: string | null }

/** Lines of steps that are left behind now. */
export const noteSteps = (trx: Database, { automationId }: Version, lines: readonly Line[], now: Date): Promise<void> =>
  insertRows(
    trx,
    'enrolment_steps',
    ['enrolment_id', 'turn', 'automation_id', 'step', 'entered_at', 'left_at', 'outcome', 'detail'],
    lines.map(({ id, turn, step, since, outcome, detail }) => [
      ...[id, turn, automationId, step, since, now],
      ...[outcome, detail === null ? null : detail.slice(0, 500)],
    ]),
    'ON DUPLICATE KEY UPDATE turn = enrolment_steps.turn',
  )

async function finish(trx: Database, whom: readonly Standing[], now: Date): Promise<void> {
  await execute(
    trx,
    `UPDATE enrolments SET state = 'finished', inside = NULL, stands = NULL, due_at = NULL, delivery_id = NULL,
       reason = NULL, ended_at = ? WHERE id IN (?)`,
    [now, whom.map(({ id }) => id)],
  )
  await noteEnrolments(trx, 'enrolment.ended', { sql: 'e.id IN (?)', bindings: [whom.map(({ id }) => id)] }, now)
}

async function arrive(
  trx: Database,
  whom: readonly Standing[],
  { step, turns, stands }: { step: string; turns: number; stands: readonly Stand[] },
  now: Date,
): Promise<void> {
  const alike = new Map<string, { stand: Stand; ids: number[] }>()
  for (const [n, { id }] of whom.entries()) {
    const stand = stands[n] ?? { stands: 'ready', dueAt: null }
    const key = `${stand.stands} ${stand.dueAt?.getTime()}`
    const group = alike.get(key) ?? { stand, ids: [] }
    group.ids.push(id)
    alike.set(key, group)
  }
  for (const { stand, ids } of alike.values()) {
    await execute(
      trx,
      `UPDATE enrolments SET step = ?, stands = ?, due_at = ?, since = ?, turn = turn + ?, attempts = 0,
         delivery_id = NULL, reason = NULL WHERE id IN (?)`,
      [step, stand.stands, stand.dueAt, now, turns, ids],
    )
  }
}
