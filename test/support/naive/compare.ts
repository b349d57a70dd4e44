import type { NaiveRule } from './things.ts'

/** Whether a number is as a number operator says; one that isn't there is like none. */
export function numberIs(value: number | null, { is, value: asked }: NaiveRule): boolean {
  if (value === null) return false
  if (is === 'between') {
    const [from, to] = asked as [number, number]
    return value >= from && value <= to
  }
  const other = asked as number
  switch (is) {
    case '=':
      return value === other
    case '!=':
      return value !== other
    case '<':
      return value < other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '>=':
      return value >= other
    default:
      throw new Error(`The oracle knows no number operator ${String(is)}`)
  }
}

/** Words that people choose (groups, partners, services, types, tags) are the same whatever their letters' size. */
export function same(one: string, other: string | null): boolean {
  return other !== null && one.toLowerCase() === other.toLowerCase()
}

/** Whether a condition's list names a word; a condition without one names every word, also where there is none. */
export const isNamed = (asked: unknown, word: string | null): boolean =>
  asked === undefined || (asked as string[]).some((one) => same(one, word))

/** Whether something holds, when `is` says `true`; the opposite for `false`. */
export const yesIs = (holds: boolean, { is }: NaiveRule): boolean => holds === (String(is) === 'true')
