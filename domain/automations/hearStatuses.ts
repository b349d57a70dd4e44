import { type Database, rows } from '../database.ts'
import { readStatusChanges } from '../statuses/readStatusChanges.ts'
import { areStatusesWanted, noteStatuses } from '../webhooks/noteStatuses.ts'
import { hear } from './hear.ts'

const AT_A_TIME = 5_000

/**
 * Runs what writes changes of statuses, in a transaction that holds the upkeep, and tells automations of them in the same
 * one, and webhooks. Costs two looks where none listens.
 */
export async function heardByAutomations(trx: Database, write: () => Promise<unknown>, now: Date): Promise<void> {
  const listeners = await rows(trx, "SELECT 1 FROM automation_listeners WHERE happening = 'status_changes' LIMIT 1")
  const noted = await areStatusesWanted(trx)
  if (listeners.length === 0 && !noted) {
    await write()
    return
  }
  // nobody else writes any while the upkeep is held
  const [last] = await rows<{ id: number | null }>(trx, 'SELECT MAX(id) AS id FROM status_changes')
  await write()
  for (let after = last?.id ?? 0; ; ) {
    const changes = await readStatusChanges(trx, after, AT_A_TIME)
    if (noted) await noteStatuses(trx, changes, now)
    await hear(
      trx,
      changes.map(({ customer: customerId, from, to, cause }) => {
        return { on: 'status_changes', from, to, cause, customerId, providerId: 0 }
      }),
      now,
    )
    if (changes.length < AT_A_TIME) return
    after = changes.at(-1)?.id ?? after
  }
}
