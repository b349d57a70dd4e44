import { type Database, execute } from '../../database.ts'
import type { ChannelName } from '../../deliveries/channels/channel.ts'
import { enqueueWorkflow } from '../../outbox/enqueueWorkflow.ts'
import { providerInScope } from '../../segments/providerInScope.ts'
import { DRY_RUN } from '../../temporal.ts'
import { requireDefinition } from '../checkDefinition.ts'
import { readAutomation } from '../readAutomations.ts'

/** How long one is kept. */
const KEPT_DAYS = 30
const DAY = 86_400_000

type DryRunRequest = {
  /** As it came: checked here. */
  definition: unknown
  /** The key of the automation that it is of. */
  id?: string | undefined
  /** The caller's own id. */
  provider?: string | undefined
  days: number
}

/**
 * Begins to replay a definition over the last days. The caller hands the outbox over afterwards.
 *
 * @returns its id
 * @throws Problem 'invalid' with every mistake; 'not_found' for an automation that is not there
 */
export async function startDryRun(
  db: Database,
  request: DryRunRequest,
  { by, channels }: { by: string; channels: readonly ChannelName[] },
  now: Date,
): Promise<number> {
  const { automation } = await requireDefinition(db, request.definition, channels)
  const whose = request.id === undefined ? null : await readAutomation(db, request.id)
  const { provider: asked } = request
  const provider = (await providerInScope(db, { scope: automation.scope, provider: asked })) ?? null
  return db.transaction(async (trx) => {
    await execute(trx, 'DELETE FROM dry_runs WHERE asked_at < ?', [new Date(now.getTime() - KEPT_DAYS * DAY)])
    const [id = 0] = await trx('dry_runs').insert({
      automation_id: whose?.id ?? null,
      definition: JSON.stringify(automation),
      provider_id: provider,
      days: request.days,
      asked_at: now,
      state: 'running',
      created_by: by,
    })
    await enqueueWorkflow(trx, { workflowId: DRY_RUN.id(id), workflowType: DRY_RUN.type, args: [id] }, now)
    return id
  })
}
