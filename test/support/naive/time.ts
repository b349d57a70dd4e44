import type { NaiveRule } from './things.ts'

/** An instant with the business's clock: what every question about time is asked with. */
export type NaiveMoment = { now: Date; today: string; timeZone: string }

const formats = new Map<string, Intl.DateTimeFormat>()
const days = new Map<string, string>()

/** The calendar day on which an instant falls in a time zone, as the platform's own calendar says. */
export function localDay(instant: Date, timeZone: string): string {
  const key = `${timeZone} ${instant.getTime()}`
  const known = days.get(key)
  if (known !== undefined) return known
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  const day = format.format(instant)
  // a long run meets millions of instants
  if (days.size > 200_000) days.clear()
  days.set(key, day)
  return day
}

/** A day some days, weeks or calendar months later (earlier with direction -1); 31 January + 1 month is the last of February. */
export function moved(day: string, by: NaiveRule, direction: 1 | -1): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  if (by.months === undefined) {
    return dayOf(year, month - 1, date + direction * Number(by.days ?? Number(by.weeks) * 7))
  }
  const target = month - 1 + direction * Number(by.months)
  const lastOfMonth = new Date(Date.UTC(year, target + 1, 0)).getUTCDate()
  return dayOf(year, target, Math.min(date, lastOfMonth))
}

const dayOf = (year: number, month: number, date: number) =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)

/** Whether an instant is as a date operator says; one that isn't there only is `not_set`. */
export function instantIs(value: Date | undefined | null, rule: NaiveRule, moment: NaiveMoment): boolean {
  if (rule.is === 'set') return value != null
  if (rule.is === 'not_set') return value == null
  if (value == null) return false
  return dateIs({ day: localDay(value, moment.timeZone), come: value <= moment.now }, rule, moment.today)
}

/**
 * The same for a day without a time.
 *
 * @param comes whether it has come when it begins (an anniversary) or when it is over (the last valid day)
 */
export function dayIs(
  value: string | undefined | null,
  rule: NaiveRule,
  { today }: NaiveMoment,
  comes: 'begun' | 'over',
): boolean {
  if (rule.is === 'set') return value != null
  if (rule.is === 'not_set') return value == null
  if (value == null) return false
  return dateIs({ day: value, come: comes === 'begun' ? value <= today : value < today }, rule, today)
}

function dateIs({ day, come }: { day: string; come: boolean }, { is, value }: NaiveRule, today: string): boolean {
  const by = value as NaiveRule
  switch (is) {
    case 'before':
      return day < String(value)
    case 'after':
      return day > String(value)
    case 'on':
      return day === String(value)
    case 'within_last':
      return come && day >= moved(today, by, -1)
    case 'within_next':
      return !come && day <= moved(today, by, 1)
    case 'more_than_ago':
      return day < moved(today, by, -1)
    case 'more_than_ahead':
      return day > moved(today, by, 1)
    default:
      throw new Error(`The oracle knows no date operator ${String(is)}`)
  }
}

/** Whether an instant is inside of a condition's `within`; everything is where there is none. */
export function isWithin(at: Date, within: unknown, moment: NaiveMoment): boolean {
  if (within === undefined) return true
  const { last, next } = within as { last?: NaiveRule; next?: NaiveRule }
  return last === undefined
    ? instantIs(at, { is: 'within_next', value: next }, moment)
    : instantIs(at, { is: 'within_last', value: last }, moment)
}
