import { setTimeout as sleep } from 'node:timers/promises'
import type { StepKind } from '../../../rules/automations/automation.ts'
import { kindOf } from '../../../rules/automations/automation.ts'
import { type Database, execute, rows } from '../../database.ts'
import { nextAttempt } from '../../deliveries/backOff.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { failGroup, failThose, type StepOf } from '../act.ts'
import { readVersion, type Version } from '../definition.ts'
import { moveOn } from '../moveOn.ts'
import { type Group, openGroup } from '../openGroup.ts'
import { STANDING, type Standing } from '../standing.ts'

/** What became of one thing that was done outside the database. */
export type Done =
  | { state: 'done'; outcome?: string }
  | { state: 'again'; reason: string }
  | { state: 'failed'; reason: string }

/** How many are outside at once, and in one claim. */
const SIDE_BY_SIDE = 10
const CLAIM = 20
/**
 * Should the process die, those it had claimed are tried again after so long, in milliseconds; while it lives it asks for
 * more time as often as said, however long the other side takes.
 */
const LEASE = 15_000
const RENEW_EVERY = 3_000
/** After so many attempts it is given up: about half a day. */
const MAX_ATTEMPTS = 10

/** What is done for one of those claimed; told apart by {@link turnId} where it comes twice. */
export type Outward<Kind extends StepKind> = (
  db: Database,
  claimed: { version: Version; step: StepOf<Kind>; whom: readonly Standing[] },
  now: Date,
) => Promise<(who: Standing) => Promise<Done>>

/** One turn of one enrolment: the same whenever it is tried. */
export const turnId = ({ id, turn }: Standing): string => `${id}-${turn}`

/**
 * Does something outside the database for those of a cohort whose time has come at a step: in small claims, each written
 * down before anything is done, so that of a process that dies at most one claim is done again, later. What is refused for
 * now is tried again with growing pauses; what is refused for good, or too often, is written to those who stand there.
 */
export async function actOutward<Kind extends StepKind>(
  db: Database,
  kind: Kind,
  group: Group,
  { clock, stop, doing }: { clock: () => Date; stop: () => boolean; doing: Outward<Kind> },
): Promise<void> {
  while (!stop()) {
    const now = clock()
    const claimed = await claim(db, kind, group, now)
    if (claimed === null) return
    try {
      const results = await renewing(db, claimed.whom, clock, async () => {
        const each = await doing(db, claimed, now)
        return inLanes(claimed.whom, each)
      })
      await writeDown(db, claimed, results, clock())
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await release(db, claimed.whom)
      await failGroup(db, group, error.message, now)
    }
  }
}

async function claim<Kind extends StepKind>(db: Database, kind: Kind, group: Group, now: Date) {
  return transact(db, async (trx) => {
    const opened = await openGroup(trx, group, now)
    const step = opened?.version.walk.at(group.step)?.step
    if (opened === null || step === undefined || kindOf(step) !== kind) return null
    const whom = opened.whom.slice(0, CLAIM)
    await execute(trx, "UPDATE enrolments SET stands = 'ready', attempts = attempts + 1, due_at = ? WHERE id IN (?)", [
      new Date(now.getTime() + LEASE),
      whom.map(({ id }) => id),
    ])
    return {
      version: opened.version,
      step: step as StepOf<Kind>,
      whom: whom.map((who) => ({ ...who, attempts: who.attempts + 1 })),
    }
  })
}

/** Keeps a claim for as long as an act takes. A renewal under way has ended when this returns: what is written then stands. */
async function renewing<T>(
  db: Database,
  whom: readonly Standing[],
  clock: () => Date,
  act: () => Promise<T>,
): Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const until = new Date(clock().getTime() + LEASE)
    // one that is missed is made up for by the next one; who has left meanwhile is left alone
    last = execute(
      db,
      "UPDATE enrolments SET due_at = ? WHERE id IN (?) AND state = 'active' AND stands = 'ready' AND due_at < ?",
      [until, whom.map(({ id }) => id), until],
    ).catch(() => {})
  }, RENEW_EVERY)
  try {
    return await act()
  } finally {
    clearInterval(timer)
    await last
  }
}

const release = (db: Database, whom: readonly Standing[]) =>
  execute(db, "UPDATE enrolments SET due_at = NULL WHERE id IN (?) AND state = 'active' AND stands = 'ready'", [
    whom.map(({ id }) => id),
  ])

async function inLanes(whom: readonly Standing[], each: (who: Standing) => Promise<Done>) {
  const results: { who: Standing; done: Done }[] = []
  const waiting = [...whom]
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (let who = waiting.shift(); who !== undefined; who = waiting.shift()) {
        results.push({ who, done: await each(who) })
        await sleep(0)
      }
    }),
  )
  return results
}

async function writeDown(
  db: Database,
  { version: { automationId, version: number } }: { version: Version },
  results: readonly { who: Standing; done: Done }[],
  now: Date,
): Promise<void> {
  await transact(db, async (trx) => {
    const version = await readVersion(trx, automationId, number)
    // who has left meanwhile is gone; who was moved has another turn
    const standing = await rows<Standing>(
      trx,
      `SELECT ${STANDING} FROM enrolments e WHERE e.id IN (?) AND e.state = 'active' ORDER BY e.id FOR UPDATE`,
      [results.map(({ who }) => who.id)],
    )
    const turns = new Map(standing.map((who) => [who.id, who.turn]))
    const ours = results.filter(({ who }) => turns.get(who.id) === who.turn)
    await moveOn(
      trx,
      version,
      ours.flatMap(({ who, done }) =>
        done.state === 'done' ? [{ who, to: version.walk.after(who.step), outcome: done.outcome ?? 'passed' }] : [],
      ),
      now,
    )
    for (const { who, done } of ours) {
      if (done.state === 'done') continue
      const again = done.state === 'again' && who.attempts < MAX_ATTEMPTS ? nextAttempt(who.attempts, now) : null
      if (again === null) await failThose(trx, [who.id], done.reason)
      else {
        await execute(trx, 'UPDATE enrolments SET due_at = ?, reason = ? WHERE id = ?', [
          again,
          done.reason.slice(0, 500),
          who.id,
        ])
      }
    }
  })
}
