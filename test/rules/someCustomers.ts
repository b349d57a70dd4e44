import type { Condition, Rule } from '../../rules/rule.ts'
import { NaiveEvaluation } from '../support/naive/evaluation.ts'
import type { NaiveRule } from '../support/naive/things.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { History, PROVIDERS } from '../support/world/history.ts'
import { randomCondition } from '../support/world/rules/randomCondition.ts'
import { ZONES } from '../support/world/zones.ts'

/** Customers, each alone or with a provider, who may be in a segment; and whether a rule holds for one of them. */
export type SomeCustomers = {
  readonly customers: readonly { readonly id: number; readonly provider: number | null }[]
  holds(rule: Rule, customer: { readonly id: number; readonly provider: number | null }): boolean
}

/** Customers with a random history at one instant, all from one seed, as the oracle sees them. */
export function someCustomers(seed: number, count: number): SomeCustomers {
  const random = randomFrom(seed)
  const timeZone = random.pick(ZONES)
  const now = new Date(Date.UTC(2026, random.int(0, 11), random.int(1, 28), random.int(0, 23), random.int(0, 59)))
  const people = Array.from({ length: Math.ceil(count / 3) }, (_, index) => {
    const history = new History(seed * 1000 + index, 1 + index * 10, now, timeZone)
    for (let step = 0; step < 15; step += 1) history.step(now, timeZone)
    return history.people()
  }).flat()
  const evaluation = new NaiveEvaluation(
    {
      people: new Map(people.map((person) => [person.customer.id, person])),
      waitingProviders: new Set(),
      providers: PROVIDERS,
      segments: new Map(),
      timeZone,
    },
    now,
  )
  const customers = people.flatMap((person) =>
    [null, ...PROVIDERS]
      .filter((provider) => evaluation.mayBeIn(person, provider))
      .map((provider) => ({ id: person.customer.id, provider })),
  )
  return { customers, holds: (rule, { id, provider }) => evaluation.holds(rule as NaiveRule, provider, id) }
}

/** Any condition, and some on one fact, mostly without parameters: those have to do with each other. */
export function relatedConditions(random: Random, count: number): Condition[] {
  const draw = () => randomCondition(random) as Condition
  const drawn = Array.from({ length: 60 }, draw)
  const { fact, name } = random.pick(drawn)
  const kept = random.chance(0.7) ? ['fact', 'by', 'name', 'is', 'value'] : undefined
  const same = drawn.filter((condition) => condition.fact === fact && condition.name === name).slice(0, count - 1)
  return [draw(), ...same].map(
    (condition) =>
      Object.fromEntries(Object.entries(condition).filter(([part]) => kept?.includes(part) ?? true)) as Condition,
  )
}

/** A tree over a few conditions that come back again and again: they exclude and repeat each other all the time. */
export function treeOf(random: Random, conditions: readonly Rule[], depth: number): Rule {
  if (depth <= 1 || random.chance(0.3)) return random.pick(conditions)
  if (random.chance(0.25)) return { not: treeOf(random, conditions, depth - 1) }
  const parts = Array.from({ length: random.int(0, 3) }, () => treeOf(random, conditions, depth - 1))
  return random.chance(0.5) ? { all: parts } : { any: parts }
}
