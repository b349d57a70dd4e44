import { type Condition, isAll, isAny, isNot, type Rule } from '../../rules/rule.ts'
import type { Random } from '../support/random.ts'

/** A customer as the values that conditions look at, without a database or a clock. */
export type Profile = {
  age: number | null
  latest_review: number | null
  payment_total: number
  /** The place in the ranking. */
  rank: number | null
  language: string | null
  tag: readonly string[]
  favourite: boolean
  /** The value of the attribute “level”. */
  level: string | number | boolean | null
  born: number | null
}

const TAGS = ['a', 'b', 'c'] as const

export function randomProfile(random: Random): Profile {
  const maybe = <Value>(value: Value): Value | null => (random.chance(0.2) ? null : value)
  return {
    age: maybe(random.int(0, 5)),
    latest_review: maybe(random.int(1, 5)),
    payment_total: random.int(-1, 5),
    rank: maybe(random.int(1, 5)),
    language: maybe(random.pick(['en', 'de', 'it'])),
    tag: TAGS.filter(() => random.chance(0.4)),
    favourite: random.chance(0.5),
    level: maybe(random.pick(['en', 'de', 2, 2.5, 3, true, false])),
    born: maybe(random.int(1, 12)),
  }
}

/** A condition on one of the values, near those that profiles have. */
export function randomProfileCondition(random: Random): Condition {
  const some = <Item>(items: readonly Item[]): Item[] => {
    const picked = items.filter(() => random.chance(0.5))
    return picked.length === 0 ? [random.pick(items)] : picked
  }
  const number = (fact: string): Condition => {
    const is = random.pick(['=', '!=', '<', '<=', '>', '>=', 'between'])
    return {
      fact,
      is,
      value: is === 'between' ? [random.int(0, 2), random.int(2, 5)] : random.pick([0, 1, 2, 2.5, 3, 4]),
    }
  }
  const text = (fact: string): Condition => {
    const is = random.pick(['one_of', 'none_of', 'set', 'not_set'])
    return is.endsWith('set') ? { fact, is } : { fact, is, value: some(['en', 'de', 'fr']) }
  }
  return random.pick<() => Condition>([
    () => number(random.pick(['age', 'latest_review', 'payment_total'])),
    () => ({ fact: 'latest_review', is: random.pick(['set', 'not_set']) }),
    () => ({ fact: 'rank', by: 'payment_total', is: random.pick(['top', 'not_top']), value: random.int(1, 4) }),
    () => text('language'),
    () => ({ fact: 'tag', is: random.pick(['any_of', 'all_of', 'none_of']), value: some(TAGS) }),
    () => ({ fact: 'favourite', is: random.pick(['true', 'false']) }),
    () => ({ fact: 'birthday', is: 'month', value: some([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) }),
    () => ({ ...random.pick([number, text])('attribute'), name: 'level' }),
    () => ({ fact: 'attribute', name: 'level', is: random.pick(['true', 'false']) }),
  ])()
}

/** Whether a rule holds for a profile, written from the description of the operators. */
export function profileHolds(rule: Rule, profile: Profile): boolean {
  if (isAll(rule)) return rule.all.every((part) => profileHolds(part, profile))
  if (isAny(rule)) return rule.any.some((part) => profileHolds(part, profile))
  if (isNot(rule)) return !profileHolds(rule.not, profile)
  return conditionHolds(rule, profile)
}

function conditionHolds({ fact, is, value }: Condition, profile: Profile): boolean {
  const asked = value as never[]
  switch (fact) {
    case 'tag': {
      const has = (tag: string) => profile.tag.includes(tag)
      if (is === 'all_of') return asked.every(has)
      return asked.some(has) === (is === 'any_of')
    }
    case 'rank':
      return (profile.rank !== null && profile.rank <= Number(value)) === (is === 'top')
    case 'favourite':
      return profile.favourite === (is === 'true')
    case 'birthday':
      return (asked as number[]).some((month) => month === profile.born)
    default:
      return valueHolds(fact === 'attribute' ? profile.level : profile[fact as 'age'], is, value)
  }
}

/** A value of another type than the operator compares is as if there were none. */
function valueHolds(found: string | number | boolean | null, is: string, value: unknown): boolean {
  if (is === 'set') return found !== null
  if (is === 'not_set') return found === null
  if (is === 'true' || is === 'false') return found === (is === 'true')
  if (is === 'one_of') return (value as unknown[]).includes(found)
  if (is === 'none_of') return !(value as unknown[]).includes(found)
  if (typeof found !== 'number') return false
  const [from, to] = (is === 'between' ? value : [value, value]) as [number, number]
  const holds: Record<string, boolean> = {
    '=': found === from,
    '!=': found !== from,
    '<': found < from,
    '<=': found <= from,
    '>': found > from,
    '>=': found >= from,
    between: found >= from && found <= to,
  }
  return holds[is] === true
}
