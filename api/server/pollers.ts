import type { Connection } from '@temporalio/client'

/** TASK_QUEUE_TYPE_WORKFLOW and TASK_QUEUE_TYPE_ACTIVITY of Temporal's protocol. */
const KINDS = [1, 2] as const

/** A poll lasts 60 s at most: whoever has not begun one for longer is gone, though the server lists it for minutes. */
const ALIVE_MS = 70_000

/** Whether a worker polls a task queue, for workflows and for activities. Throws when Temporal does not answer. */
export async function pollersOf(connection: Connection, namespace: string, name: string): Promise<boolean> {
  const answers = await Promise.all(
    KINDS.map((taskQueueType) =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType }),
    ),
  )
  return answers.every(({ pollers }) =>
    (pollers ?? []).some(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < ALIVE_MS),
  )
}
