/** How to write a day: the year only when it is not this one (nor within half a year of now). */
export function dayOptions(date: Date, now: Date): { day: 'numeric'; month: 'short'; year?: 'numeric' } {
  const near = Math.abs(date.getTime() - now.getTime()) < 183 * 86_400_000
  const sameYear = date.getFullYear() === now.getFullYear()
  return { day: 'numeric', month: 'short', ...(near || sameYear ? {} : { year: 'numeric' }) }
}
