type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'

const STEPS: readonly [unit: Unit, seconds: number][] = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['month', 30.44 * 86_400],
  ['year', 365.25 * 86_400],
]

/**
 * How far an instant is from now, in the largest unit that it fills; the value is negative for the past. 'now' within
 * three seconds.
 */
export function relativeParts(at: Date, now: Date): { value: number; unit: Unit } | 'now' {
  const seconds = (at.getTime() - now.getTime()) / 1000
  const size = Math.abs(seconds)
  if (size < 3) return 'now'
  const [unit, length] = STEPS.findLast(([, length]) => size >= length) ?? ['second', 1]
  return { value: Math.sign(seconds) * Math.floor(size / length), unit }
}
