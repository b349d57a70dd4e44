/** How long after entering somebody comes to each step, as far as the definition alone says it. */
import type { Automation, Duration, Step } from './automation.ts'
import { waysOf } from './steps.ts'

/** Minutes since entry; `most` is null where nothing bounds it. */
export type Since = { readonly least: number; readonly most: number | null }

const MINUTES = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 } as const

export const minutesIn = (duration: Duration): number => {
  let minutes = 0
  for (const [unit, count] of Object.entries(duration)) minutes += count * MINUTES[unit as keyof typeof MINUTES]
  return minutes
}

const after = (since: Since, wait: Since): Since => ({
  least: since.least + wait.least,
  most: since.most === null || wait.most === null ? null : since.most + wait.most,
})

const NOTHING: Since = { least: 0, most: 0 }

/** How long a step itself takes; what waits for something takes as long at most. */
function waitOf(step: Step): Since {
  if ('wait' in step) return { least: minutesIn(step.wait), most: minutesIn(step.wait) }
  if (!('wait_until' in step)) return NOTHING
  if ('at_most' in step.wait_until) return { least: 0, most: minutesIn(step.wait_until.at_most) }
  return { least: 0, most: (step.wait_until.weekdays ?? []).length > 0 ? MINUTES.weeks : MINUTES.days }
}

/** When each step is come to, by its id. Jumps back are left out: they make it later, who knows how often. */
export function sinceEntry(automation: Automation): ReadonlyMap<string, Since> {
  const known = new Map<string, Since>()

  /** @returns when the sequence is left; null where nobody leaves it at its end */
  function through(steps: readonly Step[], from: Since): Since | null {
    let at: Since | null = from
    for (const step of steps) {
      // what nobody comes to says what it would say if they did
      const here: Since = at ?? from
      known.set(step.id, here)
      const ways = waysOf(step)
      if (ways.length > 0) {
        const left = ways.flatMap((way) => through(way.steps, begun(step, way.name, here)) ?? [])
        at = left.length === 0 ? null : together(left)
      } else if ('end' in step || 'go_to' in step) at = null
      else at = after(here, waitOf(step))
    }
    return at
  }

  through(automation.then, NOTHING)
  return known
}

/** When a way is begun: the one of those who waited in vain when the time is over. */
function begun(step: Step, way: string, here: Since): Since {
  if (!('wait_for' in step)) return here
  const most = minutesIn(step.at_most)
  return after(here, { least: way === 'then' ? 0 : most, most })
}

function together(all: readonly Since[]): Since {
  const mosts = all.map(({ most }) => most)
  return {
    least: Math.min(...all.map(({ least }) => least)),
    most: mosts.every((most) => most !== null) ? Math.max(...mosts) : null,
  }
}
