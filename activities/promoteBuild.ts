import type { Connection } from '@temporalio/client'
import { DEPLOYMENT } from '../domain/temporal.ts'

/** How long a build's first poller may take to be known to Temporal, in milliseconds, and the pause between two looks. */
const PATIENCE = 30_000
const PAUSE = 250

/** NOT_FOUND of gRPC: Temporal has not heard of the deployment, or of this build, yet. */
const NOT_FOUND = 5
/** FAILED_PRECONDITION: the build does not poll yet what the one before polls. */
const NOT_READY = 9

type Place = { connection: Connection; namespace: string }

/** The build whose workers get what is new, and by and by what is under way; null where none was ever promoted. */
export async function currentBuild({ connection, namespace }: Place): Promise<string | null> {
  try {
    const answer = await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName: DEPLOYMENT })
    return answer.workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId || null
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_FOUND) return null
    throw error
  }
}

/**
 * From now on a build's workers get what is to be done; workflows that are under way come to them with their next task. Waits
 * until Temporal knows a worker of it.
 *
 * @param patience how long it may take, in milliseconds
 * @throws when there is none by then
 */
export async function promoteBuild(
  { connection, namespace }: Place,
  buildId: string,
  patience = PATIENCE,
): Promise<void> {
  for (const gaveUp = Date.now() + patience; ; ) {
    try {
      const asked = { namespace, deploymentName: DEPLOYMENT, buildId, identity: 'perennial' }
      await connection.workflowService.setWorkerDeploymentCurrentVersion(asked)
      return
    } catch (error) {
      const { code } = error as { code?: unknown }
      if ((code !== NOT_FOUND && code !== NOT_READY) || Date.now() > gaveUp) throw error
      await new Promise((done) => setTimeout(done, PAUSE))
    }
  }
}

/** Promotes a build where none is current: the first one needs nobody's word. */
export async function promoteFirst(place: Place, buildId: string): Promise<void> {
  if ((await currentBuild(place)) === null) await promoteBuild(place, buildId)
}
