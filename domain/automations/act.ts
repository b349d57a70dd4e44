import type { Step, StepKind, Work } from '../../rules/automations/automation.ts'
import { kindOf } from '../../rules/automations/automation.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import type { Version } from './definition.ts'
import { type Move, moveOn } from './moveOn.ts'
import { type Group, openGroup } from './openGroup.ts'
import type { Standing } from './standing.ts'

/** A step of one kind. */
export type StepOf<Kind extends StepKind> = Step & Extract<Work, Record<Kind, unknown>>

/**
 * What a step does for a group, in the transaction that moves them on.
 *
 * @returns where each goes and what became of the step for them; who is in none of them stays
 */
export type Doing<Kind extends StepKind> = (
  trx: Database,
  opened: { version: Version; step: StepOf<Kind>; whom: readonly Standing[] },
  now: Date,
) => Promise<readonly Pick<Move, 'who' | 'outcome' | 'detail'>[] | readonly Move[]>

/**
 * Does a step for those of a cohort whose time has come there, all of it in one transaction: tried again after whatever
 * happened, it finds those who have gone on gone. What can't be done as the step asks is written to those who stand there,
 * who stay until somebody says what is to become of them.
 */
export async function act<Kind extends StepKind>(
  db: Database,
  kind: Kind,
  group: Group,
  now: Date,
  doing: Doing<Kind>,
): Promise<void> {
  try {
    await transact(db, async (trx) => {
      // a refresh holds it before it looks at those inside: in the same order nobody waits for the other for ever
      if (REFRESHED.has(kind)) await lockUpkeep(trx)
      const opened = await openGroup(trx, group, now)
      if (opened === null) return
      const { version, whom } = opened
      const step = version.walk.at(group.step)?.step
      if (step === undefined || kindOf(step) !== kind) return
      const done = await doing(trx, { version, step: step as StepOf<Kind>, whom }, now)
      // what was done may be what somebody leaves for
      const moves = HEARD.has(kind) ? await stillInside(trx, done) : done
      const next = version.walk.after(step.id)
      await moveOn(
        trx,
        version,
        moves.map((move) => ({ to: next, ...move })),
        now,
      )
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await failGroup(db, group, error.message, now)
  }
}

/** What changes that refreshes are not to run beside. */
const REFRESHED: ReadonlySet<StepKind> = new Set(['status', 'segment'])

/** What may let somebody leave who is at this step. */
const HEARD: ReadonlySet<StepKind> = new Set(['tag', 'status', 'segment', 'give'])

async function stillInside<One extends { who: Standing }>(trx: Database, moves: readonly One[]): Promise<One[]> {
  if (moves.length === 0) return []
  const found = await rows<{ id: number }>(trx, "SELECT id FROM enrolments WHERE id IN (?) AND state = 'active'", [
    moves.map(({ who }) => who.id),
  ])
  const inside = new Set(found.map(({ id }) => id))
  return moves.filter(({ who }) => inside.has(who.id))
}

/** Everybody passes. */
export const everybody = (whom: readonly Standing[], outcome = 'passed') => whom.map((who) => ({ who, outcome }))

/** Those of a cohort whose time has come at a step stay there, with the reason why it can't be done. */
export async function failGroup(db: Database, group: Group, reason: string, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const opened = await openGroup(trx, group, now)
    if (opened === null) return
    await failThose(
      trx,
      opened.whom.map(({ id }) => id),
      reason,
    )
  })
}

/** Enrolments stay where they stand until somebody says what is to become of them. */
export async function failThose(trx: Database, ids: readonly number[], reason: string): Promise<void> {
  if (ids.length === 0) return
  await execute(
    trx,
    "UPDATE enrolments SET stands = 'failed', due_at = NULL, reason = ? WHERE id IN (?) AND state = 'active'",
    [reason.slice(0, 500), [...ids]],
  )
}
