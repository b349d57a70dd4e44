import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'

/** What somebody looks at in the list of customers, saved under a name. */
export type View = {
  id: number
  name: string
  shared: boolean
  own: boolean
  owner: string
  /** As text: nothing on this side reads it. */
  definition: string
  revision: number
}

/** Who asks: a person by id, null for a program; and whether they see and may change what others share. */
export type Viewer = { user: number | null; seesShared: boolean; changesShared: boolean }

export type ViewChange = { name: string; shared: boolean; definition: string }

/** More than anybody finds again. */
const MOST = 100

type Row = Omit<View, 'shared' | 'own'> & { shared: number; own: number }

/** The views of a person and those that others share, by name. */
export async function listViews(db: Database, { user, seesShared }: Viewer): Promise<View[]> {
  return select(db, `v.user_id = ?${seesShared ? ' OR v.shared = 1' : ''} ORDER BY v.name, v.id`, user, [user ?? 0])
}

/**
 * Saves a view.
 *
 * @throws Problem 'invalid' when somebody has a hundred already; 'forbidden' for a program, and for sharing without the right to
 */
export function createView(db: Database, viewer: Viewer, change: ViewChange, now: Date): Promise<View> {
  const user = personOf(viewer)
  requireSharing(viewer, change)
  return transact(db, async (trx) => {
    const mine = await rows<{ id: number }>(trx, 'SELECT id FROM customer_views WHERE user_id = ? FOR UPDATE', [user])
    if (mine.length >= MOST) {
      const message = `Allowed are at most ${MOST} views: delete one that you don’t need`
      throw new Problem('invalid', message, [{ path: '/name', message }])
    }
    const { name, shared, definition } = change
    const [id = 0] = await trx('customer_views').insert({ user_id: user, name, shared, definition, updated_at: now })
    return readView(trx, viewer, id)
  })
}

/**
 * Changes a view: one's own, or a shared one.
 *
 * @param revision the one that the caller has seen
 * @throws Problem 'not_found'; 'forbidden' for somebody else's without the right to; 'conflict' when it is another one by now
 */
export function changeView(
  db: Database,
  viewer: Viewer,
  id: number,
  { revision, ...change }: ViewChange & { revision: number },
  now: Date,
): Promise<View> {
  return transact(db, async (trx) => {
    const view = await readView(trx, viewer, id)
    requireChangeable(viewer, view)
    if (change.shared !== view.shared) requireSharing(viewer, { ...change, shared: true })
    const { name, shared, definition } = change
    const changed = await execute(
      trx,
      `UPDATE customer_views SET name = ?, shared = ?, definition = ?, revision = revision + 1, updated_at = ?
       WHERE id = ? AND revision = ?`,
      [name, shared, definition, now, id, revision],
    )
    if (changed === 0) throw new Problem('conflict', 'Somebody has changed this view meanwhile: look at it first.')
    return readView(trx, viewer, id)
  })
}

/** @throws Problem 'not_found'; 'forbidden' for somebody else's without the right to change it */
export async function deleteView(db: Database, viewer: Viewer, id: number): Promise<void> {
  requireChangeable(viewer, await readView(db, viewer, id))
  await execute(db, 'DELETE FROM customer_views WHERE id = ?', [id])
}

/** Whether somebody may change or delete a view that they see. */
export const mayChange = ({ user, changesShared }: Viewer, { own, shared }: Pick<View, 'own' | 'shared'>): boolean =>
  user !== null && (own || (shared && changesShared))

async function readView(db: Database, { user, seesShared }: Viewer, id: number): Promise<View> {
  const [view] = await select(db, `v.id = ? AND (v.user_id = ?${seesShared ? ' OR v.shared = 1' : ''})`, user, [
    id,
    user ?? 0,
  ])
  if (view === undefined) throw new Problem('not_found', `There is no view ${id}.`)
  return view
}

async function select(db: Database, where: string, user: number | null, bindings: number[]): Promise<View[]> {
  const found = await rows<Row>(
    db,
    `SELECT v.id, v.name, v.shared, v.user_id <=> ? AS own, u.email AS owner, v.definition,
       CAST(v.revision AS SIGNED) AS revision
     FROM customer_views v JOIN users u ON u.id = v.user_id WHERE ${where}`,
    [user, ...bindings],
  )
  return found.map((row) => ({ ...row, shared: row.shared === 1, own: row.own === 1 }))
}

function personOf({ user }: Viewer): number {
  if (user !== null) return user
  throw new Problem('forbidden', 'Views belong to a person, with their own account')
}

function requireSharing({ changesShared }: Viewer, { shared }: ViewChange): void {
  if (shared && !changesShared) throw new Problem('forbidden', 'Views for all are kept by admins and managers.')
}

function requireChangeable(viewer: Viewer, view: View): void {
  personOf(viewer)
  if (!mayChange(viewer, view)) throw new Problem('forbidden', 'Views for all are kept by admins and managers.')
}
