/**
 * The oracle: what a rule means, written down a second time from the product's description and nothing else, as slowly
 * and plainly as possible. It shares no code with the compiler: not its dates, not its facts.
 */

export type NaiveCustomer = {
  id: number
  known: boolean
  gender: string | null
  language: string | null
  country: string | null
  customer_group: string | null
  aggregator: string | null
  status: string
}
export type NaiveBooking = {
  customer: number
  provider: number | null
  startsAt: Date
  state: string
  service: string | null
  deleted: boolean
}
export type NaiveMembership = {
  customer: number
  provider: number | null
  type: string | null
  validFrom: string
  validTo: string | null
  cancelledOn: string | null
  deleted: boolean
}

/** Everything that is known about one customer. */
export type NaiveFacts = {
  customer: NaiveCustomer
  bookings: readonly NaiveBooking[]
  memberships: readonly NaiveMembership[]
  /** Providers that were named and have not arrived. */
  waitingProviders: ReadonlySet<number>
}

/** A rule as its JSON. */
export type NaiveRule = { [key: string]: unknown }

/** Whether a customer is in the segment of a rule at an instant; `provider` for a segment of that provider, else null. */
export function naiveHolds(
  rule: NaiveRule,
  facts: NaiveFacts,
  provider: number | null,
  now: Date,
  timeZone: string,
): boolean {
  if (!facts.customer.known) return false
  if (provider !== null && facts.waitingProviders.has(provider)) return false
  return holds(rule, facts, provider, now, timeZone)
}

function holds(rule: NaiveRule, facts: NaiveFacts, provider: number | null, now: Date, timeZone: string): boolean {
  const part = (inner: unknown) => holds(inner as NaiveRule, facts, provider, now, timeZone)
  if ('all' in rule) return (rule.all as unknown[]).every(part)
  if ('any' in rule) return (rule.any as unknown[]).some(part)
  if ('not' in rule) return !part(rule.not)
  const fact = String(rule.fact)
  const is = String(rule.is)
  const today = localDay(now, timeZone)
  if (['gender', 'language', 'country', 'customer_group', 'aggregator', 'status'].includes(fact)) {
    return text(facts.customer[fact as 'gender'], fact, is, rule.value as string[])
  }
  if (fact === 'membership') return membership(rule, is, facts, today)
  const bookings = facts.bookings.filter((booking) => {
    if (booking.deleted || (booking.provider !== null && facts.waitingProviders.has(booking.provider))) return false
    if (provider !== null && booking.provider !== provider) return false
    const states = rule.states as string[] | undefined
    if (states === undefined ? booking.state === 'cancelled' : !states.includes(booking.state)) return false
    const services = rule.services as string[] | undefined
    return services === undefined || services.some((service) => same(service, booking.service))
  })
  if (fact === 'booking_count') return number(countWithin(bookings, rule.within, now, today, timeZone), is, rule.value)
  const started = bookings.map(({ startsAt }) => startsAt).filter((at) => at <= now)
  const ahead = bookings.map(({ startsAt }) => startsAt).filter((at) => at > now)
  const byTime = (a: Date, b: Date) => a.getTime() - b.getTime()
  const chosen = {
    first_booking: [...started, ...ahead].sort(byTime)[0],
    last_booking: started.sort(byTime).at(-1),
    next_booking: ahead.sort(byTime)[0],
  }[fact]
  return date(chosen, is, rule.value, now, today, timeZone)
}

/** Names of groups, partners, services and types are the same whatever their letters' size; codes are not. */
function same(one: string, other: string | null): boolean {
  return other !== null && one.toLowerCase() === other.toLowerCase()
}

function text(value: string | null, fact: string, is: string, asked: readonly string[]): boolean {
  if (is === 'set') return value !== null
  if (is === 'not_set') return value === null
  const code = fact !== 'customer_group' && fact !== 'aggregator'
  const among = asked.some((choice) => (code ? choice === value : same(choice, value)))
  return is === 'one_of' ? among : !among
}

function membership(rule: NaiveRule, is: string, facts: NaiveFacts, today: string): boolean {
  const types = rule.types as string[] | undefined
  const begun = facts.memberships.filter(
    (one) =>
      !one.deleted &&
      !(one.provider !== null && facts.waitingProviders.has(one.provider)) &&
      (types === undefined || types.some((type) => same(type, one.type))) &&
      one.validFrom <= today,
  )
  const valid = begun.filter((one) => one.validTo === null || today <= one.validTo)
  const cancelled = valid.filter((one) => one.cancelledOn !== null && one.cancelledOn <= today)
  switch (is) {
    case 'valid':
      return valid.length > 0
    case 'valid_cancelled':
      return cancelled.length > 0
    case 'valid_uncancelled':
      return valid.length > cancelled.length
    case 'expired':
      return begun.length > 0 && valid.length === 0
    default:
      return begun.length === 0
  }
}

function countWithin(
  bookings: readonly NaiveBooking[],
  within: unknown,
  now: Date,
  today: string,
  timeZone: string,
): number {
  if (within === undefined) return bookings.length
  const { last, next } = within as { last?: NaiveRule; next?: NaiveRule }
  return bookings.filter(({ startsAt }) =>
    last === undefined
      ? date(startsAt, 'within_next', next, now, today, timeZone)
      : date(startsAt, 'within_last', last, now, today, timeZone),
  ).length
}

function number(value: number, is: string, asked: unknown): boolean {
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
    default:
      return value >= other
  }
}

function date(
  value: Date | undefined,
  is: string,
  asked: unknown,
  now: Date,
  today: string,
  timeZone: string,
): boolean {
  if (is === 'set') return value !== undefined
  if (is === 'not_set') return value === undefined
  if (value === undefined) return false
  const day = localDay(value, timeZone)
  switch (is) {
    case 'before':
      return day < String(asked)
    case 'after':
      return day > String(asked)
    case 'on':
      return day === String(asked)
    case 'within_last':
      return value <= now && day >= moved(today, asked as NaiveRule, -1)
    case 'within_next':
      return value > now && day <= moved(today, asked as NaiveRule, 1)
    case 'more_than_ago':
      return day < moved(today, asked as NaiveRule, -1)
    default:
      return day > moved(today, asked as NaiveRule, 1)
  }
}

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
function moved(day: string, by: NaiveRule, direction: 1 | -1): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const plain = (y: number, m: number, d: number) => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10)
  if (by.months === undefined) {
    return plain(year, month - 1, date + direction * Number(by.days ?? Number(by.weeks) * 7))
  }
  const target = month - 1 + direction * Number(by.months)
  const lastOfMonth = new Date(Date.UTC(year, target + 1, 0)).getUTCDate()
  return plain(year, target, Math.min(date, lastOfMonth))
}
