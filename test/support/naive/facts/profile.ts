import { isNamed, numberIs, same } from '../compare.ts'
import type { NaiveCustomer, NaiveRule } from '../things.ts'
import { dayIs, moved, type NaiveMoment } from '../time.ts'

/** Codes (a gender, a language, a country, a status) are what they are; names are the same in any case. */
export function textIs(value: string | null, fact: string, { is, value: asked }: NaiveRule): boolean {
  if (is === 'set') return value !== null
  if (is === 'not_set') return value === null
  const isName = fact === 'customer_group' || fact === 'aggregator'
  const among = (asked as string[]).some((choice) => (isName ? same(choice, value) : choice === value))
  return is === 'one_of' ? among : !among
}

/** A value of another type than the operator asks for is as if there were none. */
export function attributeIs({ attributes }: NaiveCustomer, rule: NaiveRule, moment: NaiveMoment): boolean {
  const value = attributes?.[String(rule.name)]
  const text = typeof value === 'string' ? value : null
  switch (rule.is) {
    case 'set':
      return value !== undefined
    case 'not_set':
      return value === undefined
    case 'one_of':
      return text !== null && isNamed(rule.value, text)
    case 'none_of':
      return text === null || !isNamed(rule.value, text)
    case 'contains':
      return text?.toLowerCase().includes(String(rule.value).toLowerCase()) === true
    case 'starts_with':
      return text?.toLowerCase().startsWith(String(rule.value).toLowerCase()) === true
    case 'true':
    case 'false':
      return value === (rule.is === 'true')
    case 'before':
    case 'after':
    case 'on':
    case 'within_last':
    case 'within_next':
    case 'more_than_ago':
    case 'more_than_ahead':
      return dayIs(text !== null && isDay(text) ? text : null, rule, moment, 'begun')
    default:
      return numberIs(typeof value === 'number' ? value : null, rule)
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** Completed years. Who was born on 29 February turns a year older on the 28th where there is no 29th. */
export function ageIs({ birthdate }: NaiveCustomer, rule: NaiveRule, { today }: NaiveMoment): boolean {
  if (birthdate === null) return false
  let years = 0
  while (birthdayAfter(birthdate, years + 1) <= today) years += 1
  return numberIs(years, rule)
}

/** The birthdays of each year, which have come from their midnight on. */
export function birthdayIs({ birthdate }: NaiveCustomer, rule: NaiveRule, { today }: NaiveMoment): boolean {
  if (birthdate === null) return false
  if (rule.is === 'month') return (rule.value as number[]).includes(Number(birthdate.slice(5, 7)))
  let years = 0
  while (birthdayAfter(birthdate, years + 1) <= today) years += 1
  const by = rule.value as NaiveRule
  if (rule.is === 'within_last') return birthdayAfter(birthdate, years) >= moved(today, by, -1)
  return birthdayAfter(birthdate, years + 1) <= moved(today, by, 1)
}

const birthdayAfter = (birthdate: string, years: number) => moved(birthdate, { months: 12 * years }, 1)

export function tagIs({ tags }: NaiveCustomer, { is, value }: NaiveRule): boolean {
  const has = (asked: string) => tags.some((tag) => same(asked, tag))
  const asked = value as string[]
  if (is === 'all_of') return asked.every(has)
  return asked.some(has) === (is === 'any_of')
}
