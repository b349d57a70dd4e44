import { NaiveEvaluation } from './evaluation.ts'
import type { NaiveRule, NaiveWorld } from './things.ts'

/** `provider customer` of all whom a rule catches in a world at an instant. */
export function caughtBy(rule: NaiveRule, scope: 'business' | 'provider', world: NaiveWorld, at: Date): Set<string> {
  const naive = new NaiveEvaluation(world, at)
  const providers = scope === 'business' ? [null] : world.providers
  return new Set(
    providers.flatMap((provider) =>
      [...world.people.keys()]
        .filter((customer) => naive.holds(rule, provider, customer))
        .map((customer) => `${provider ?? 0} ${customer}`),
    ),
  )
}

/** Who came and went between two times: `+provider customer`, `-provider customer`, sorted. */
export function differenceOf(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  const entered = [...after].filter((one) => !before.has(one)).map((one) => `+${one}`)
  const left = [...before].filter((one) => !after.has(one)).map((one) => `-${one}`)
  return [...entered, ...left].sort()
}
