import { type Database, rows } from '../../database.ts'

/** How many ever entered an automation, and where they are now: entered = inside + finished + exited + failed. */
export type Numbers = {
  entered: number
  inside: number
  finished: number
  exited: number
  failed: number
  /** Of the finished: those who reached the goal, and those who were held out to compare with. */
  goal: number
  held_out: number
  /** Of those inside: whose message waits for quiet hours or a cap. */
  held: number
  entered_30_days: number
}

const MONTH = 30 * 86_400_000

type Row = { automation_id: number; version: number; state: string; failed: number; n: number }

/** The numbers of automations, by our own ids; each automation is in the answer, those that nobody entered with zeros. */
export async function readNumbers(
  db: Database,
  ids: readonly number[],
  { providerId, now }: { providerId?: number | undefined; now: Date },
): Promise<Map<number, Numbers>> {
  const numbers = new Map(ids.map((id) => [id, emptyNumbers()]))
  for (const row of await countStates(db, ids, providerId)) add(numbers.get(row.automation_id), row)
  const since = new Date(now.getTime() - MONTH)
  for (const { automation_id: id, n } of await countEntered(db, ids, since, providerId)) {
    const one = numbers.get(id)
    if (one !== undefined) one.entered_30_days = n
  }
  for (const { automation_id: id, n } of await countHeld(db, ids, providerId)) {
    const one = numbers.get(id)
    if (one !== undefined) one.held += n
  }
  return numbers
}

export const emptyNumbers = (): Numbers => ({
  entered: 0,
  inside: 0,
  finished: 0,
  exited: 0,
  failed: 0,
  goal: 0,
  held_out: 0,
  held: 0,
  entered_30_days: 0,
})

/** Adds so many who stand in one way. */
export function add(numbers: Numbers | undefined, { state, failed, n }: Omit<Row, 'automation_id' | 'version'>): void {
  if (numbers === undefined) return
  numbers.entered += n
  if (state === 'active') numbers[failed === 1 ? 'failed' : 'inside'] += n
  else if (state === 'exited' || state === 'stopped') numbers.exited += n
  else numbers.finished += n
  if (state === 'goal') numbers.goal += n
  if (state === 'held_out') numbers.held_out += n
}

const ofProvider = (providerId: number | undefined) => (providerId === undefined ? '' : 'AND e.provider_id = ?')

/** How many stand how, by automation and version. */
export function countStates(db: Database, ids: readonly number[], providerId: number | undefined): Promise<Row[]> {
  if (ids.length === 0) return Promise.resolve([])
  return rows<Row>(
    db,
    `SELECT e.automation_id, e.version, e.state, COALESCE(e.stands = 'failed', 0) AS failed, COUNT(*) AS n FROM enrolments e
     WHERE e.automation_id IN (?) ${ofProvider(providerId)} GROUP BY e.automation_id, e.version, e.state, failed`,
    [ids, ...(providerId === undefined ? [] : [providerId])] as never,
  )
}

function countEntered(db: Database, ids: readonly number[], since: Date, providerId: number | undefined) {
  if (ids.length === 0) return Promise.resolve([])
  return rows<{ automation_id: number; n: number }>(
    db,
    `SELECT e.automation_id, COUNT(*) AS n FROM enrolments e
     WHERE e.automation_id IN (?) AND e.entered_at > ? ${ofProvider(providerId)} GROUP BY e.automation_id`,
    [ids, since, ...(providerId === undefined ? [] : [providerId])] as never,
  )
}

/** Whose message is in line and may not go yet, by automation and step. */
export function countHeld(db: Database, ids: readonly number[], providerId: number | undefined, version?: number) {
  if (ids.length === 0) return Promise.resolve([])
  return rows<{ automation_id: number; step: string; n: number }>(
    db,
    `SELECT e.automation_id, e.step, COUNT(*) AS n FROM enrolments e JOIN deliveries d ON d.id = e.delivery_id
     WHERE e.automation_id IN (?) AND e.state = 'active' AND e.stands = 'sending'
       AND d.state = 'queued' AND d.reason IS NOT NULL ${ofProvider(providerId)} ${version === undefined ? '' : 'AND e.version = ?'}
     GROUP BY e.automation_id, e.step`,
    [ids, ...(providerId === undefined ? [] : [providerId]), ...(version === undefined ? [] : [version])] as never,
  )
}
