import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import type { Numbers } from '../automationView.ts'

/** Over which time those who passed are counted. */
export const WINDOWS = ['last_7_days', 'last_30_days', 'all'] as const
export type Window = (typeof WINDOWS)[number]

/**
 * The numbers of a version as its canvas shows them. Which way people went is counted from the beginning only.
 * @param endWords what became of those who are out, in words
 */
export function liveNumbers(
  version: AutomationSteps,
  window: Window,
  endWords: (end: AutomationSteps['ends'][number]) => string,
): Numbers {
  const ends = new Map<string, number>()
  for (const end of version.ends) {
    const label = endWords(end)
    ends.set(label, (ends.get(label) ?? 0) + end.count)
  }
  return {
    kind: 'live',
    entered: version.entered,
    steps: new Map(
      version.steps.map(({ step, inside, passed, failed, held, next_release, outcomes }) => [
        step,
        {
          inside,
          passed: passed[window],
          failed,
          held,
          next: next_release,
          ...(window === 'all' ? { ways: outcomes } : {}),
        },
      ]),
    ),
    ends: [...ends].map(([label, count]) => ({ label, count })),
  }
}
