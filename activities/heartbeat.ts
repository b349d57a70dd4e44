import { heartbeat } from '@temporalio/activity'

/** How often a running activity says that its process lives, in milliseconds. */
const INTERVAL = 1_000

/** Runs an act and tells Temporal all the while that this process lives, so that its death is noticed within seconds. */
export async function heartbeating<T>(act: () => Promise<T>): Promise<T> {
  const timer = setInterval(heartbeat, INTERVAL)
  try {
    return await act()
  } finally {
    clearInterval(timer)
  }
}
