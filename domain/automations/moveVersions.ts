import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { LIFECYCLE } from '../temporal.ts'
import { readVersion, type Version } from './definition.ts'
import { leave } from './leave.ts'
import { watchedIn } from './listeners.ts'
import { noteSteps } from './moveOn.ts'
import { lookAgain, standAt } from './standAt.ts'
import { STANDING, type Standing } from './standing.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** What becomes of those who stand at a step of an earlier version. */
export type Mapping = { version: number; step: string; to: 'stay' | 'exit' | { step: string } }
/** The same with how many it was. */
export type MappedRow = Mapping & { customers: number }

/** The most that one workflow carries. */
const COHORT = 1_000

/**
 * Moves those inside earlier versions to the newest one, step by step, or takes them out; who is not named stays. They leave
 * their cohorts and form new ones; the old workflows find them gone. Somebody who stands for a message is moved once it is
 * out of our hands: they stay until then. The caller hands the outbox over.
 *
 * @throws Problem `not_found`; `invalid` with the path of a step that the newest version does not have
 */
export async function moveVersions(
  db: Database,
  automationId: number,
  mapping: readonly Mapping[],
  now: Date,
): Promise<MappedRow[]> {
  const moved: MappedRow[] = []
  for (const [n, row] of mapping.entries()) {
    if (row.to === 'stay') continue
    let customers = 0
    for (;;) {
      const count = await transact(db, (trx) => moveSome(trx, automationId, row, n, now))
      customers += count
      if (count < COHORT) break
    }
    moved.push({ ...row, customers })
  }
  return moved
}

async function moveSome(trx: Database, automationId: number, row: Mapping, n: number, now: Date): Promise<number> {
  const [automation] = await rows<{ version: number }>(
    trx,
    'SELECT version FROM automations WHERE id = ? LOCK IN SHARE MODE',
    [automationId],
  )
  if (automation === undefined) throw new Problem('not_found', 'There is no such automation')
  if (row.version >= automation.version) return 0
  const stand = row.to === 'exit' ? '' : "AND e.stands <> 'sending'"
  const whom = await rows<Standing & { cohort_id: number }>(
    trx,
    `SELECT ${STANDING}, e.cohort_id FROM enrolments e FORCE INDEX (enrolments_place)
     WHERE e.automation_id = ? AND e.state = 'active' AND e.version = ? AND e.step = ? ${stand}
     ORDER BY e.id LIMIT ${COHORT} FOR UPDATE`,
    [automationId, row.version, row.step],
  )
  if (whom.length === 0) return 0
  if (row.to === 'exit') {
    const ids = whom.map(({ id }) => id)
    await leave(trx, ids, { state: 'exited', reason: 'new_version' }, now)
  } else if (row.to !== 'stay') {
    const version = await readVersion(trx, automationId, automation.version)
    await moveTo(trx, version, row.to.step, whom, n, now)
  }
  return whom.length
}

async function moveTo(
  trx: Database,
  version: Version,
  to: string,
  whom: readonly (Standing & { cohort_id: number })[],
  n: number,
  now: Date,
): Promise<void> {
  const { automationId, key, version: number, walk, definition } = version
  const { step, passed } = walk.land(to)
  if (walk.at(to) === undefined || step === null) {
    const message = `The newest version has no step “${to}” at which somebody could go on`
    throw new Problem('invalid', message, [{ path: `/mapping/${n}/to/step`, message }])
  }
  await noteSteps(
    trx,
    version,
    whom.map((who) => ({ ...who, outcome: 'moved', detail: `version ${number}` })),
    now,
  )
  const [cohort = 0] = await trx('cohorts').insert({ automation_id: automationId, version: number, created_at: now })
  const stands = await standAt(trx, version, step, whom, now)
  const same = (one: Standing) => one.step === step
  for (const [index, who] of whom.entries()) {
    const stand = stands[index]
    // who waits at the same step goes on waiting from when they came to it
    const waits = same(who) && who.stands === 'waiting' && stand?.stands === 'waiting'
    const keeps = waits ? 'due_at, since = since' : '?, since = ?'
    await execute(
      trx,
      `UPDATE enrolments SET version = ?, cohort_id = ?, step = ?, turn = turn + ?, stands = ?, attempts = 0,
         delivery_id = NULL, reason = NULL, due_at = ${keeps} WHERE id = ?`,
      [
        ...[number, cohort, step, 1 + passed.length, stand?.stands ?? 'ready'],
        ...(waits ? [] : [stand?.dueAt ?? null, now]),
        who.id,
      ],
    )
  }
  await enqueueWorkflow(
    trx,
    { workflowId: LIFECYCLE.id(cohort), workflowType: LIFECYCLE.type, args: [cohort, '', '', key, number, ''] },
    now,
  )
  await wakeCohorts(trx, [...new Set(whom.map(({ cohort_id: id }) => id))], now)
  if (watchedIn(definition).length > 0) await lookAgain(trx, whom, now)
}
