import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again and again until something is so, at most for the time given in milliseconds. */
export async function until(holds: () => Promise<boolean>, patience = 30_000): Promise<void> {
  const gaveUp = Date.now() + patience
  while (!(await holds())) {
    if (Date.now() > gaveUp) throw new Error(`It did not come to that within ${patience} ms`)
    await sleep(50)
  }
}
