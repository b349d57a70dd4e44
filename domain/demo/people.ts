import { addDays, type Day } from '../../rules/time.ts'
import { type Language, MAIL_DOMAINS, NAMES, plain } from './names.ts'
import type { Random } from './random.ts'
import { AGGREGATORS, GROUPS, TAGS } from './studio.ts'

/**
 * What somebody does at the studio. Days count from today; negative ones are past.
 * - `first` to `last`: the time in which classes are booked; `last` is the last attended one
 * - `weekly`: bookings a week on average
 * - `ahead`: whether bookings of the coming weeks are there already
 */
export type Habit = { first: number; last: number; weekly: number; ahead: boolean }

/** Regulars come, fading ones have stopped lately, lapsed ones long ago; contacts never booked. */
type Kind = 'regular' | 'fading' | 'lapsed' | 'new' | 'lead' | 'contact'

export type Person = {
  kind: Kind
  habit: Habit | null
  firstName: string
  lastName: string
  email: string | null
  username: string | null
  phone: string | null
  birthdate: Day | null
  gender: 'female' | 'male' | 'diverse' | null
  language: Language
  group: string | null
  aggregator: string | null
  /** Day of joining, counted from today. */
  joined: number
  tags: string[]
  /** Mail: given, withdrawn, or unknown. */
  consent: boolean | null
}

/** How many of each kind the demo has; the segments' sizes follow from it. */
const COUNTS: readonly (readonly [Kind, number])[] = [
  ['regular', 760],
  ['fading', 140],
  ['lapsed', 480],
  ['new', 150],
  ['lead', 60],
  ['contact', 1410],
]

/** The studio opened so many days ago. */
export const OPENED = 730

/** Everybody, in the order in which they joined. */
export function inventPeople(random: Random, today: Day): Person[] {
  const known = new Set<string>()
  const people = COUNTS.flatMap(([kind, count]) =>
    Array.from({ length: count }, () => inventPerson(random, kind, today, known)),
  )
  people.sort((a, b) => a.joined - b.joined)
  const addresses = new Set<string>()
  people.forEach((person, index) => {
    person.email = addressOf(random, person, domainOf(index), addresses)
  })
  return people
}

/** What the local inbox plays: a mailbox that is not there, one that takes a while, one that turns out not to be there. */
function domainOf(index: number): string | null {
  if (index % 97 === 17) return 'bounce.test'
  if (index % 211 === 31) return 'later.test'
  return index % 223 === 41 ? 'late-bounce.test' : null
}

function inventPerson(random: Random, kind: Kind, today: Day, known: Set<string>): Person {
  const language = random.weighted<Language>([
    ['de', 46],
    ['en', 26],
    ['fr', 15],
    ['it', 13],
  ])
  const gender = random.weighted<Person['gender']>([
    ['female', 66],
    ['male', 29],
    ['diverse', 2],
    [null, 3],
  ])
  const sounds = gender === 'female' || gender === 'male' ? gender : random.pick(['female', 'male'] as const)
  const habit = inventHabit(random, kind)
  const joined = habit === null ? -random.between(1, OPENED) : Math.min(-1, habit.first - random.between(0, 20))
  const { firstName, lastName } = inventName(random, language, sounds, known)
  const age = Math.round(19 + 52 * random.next() ** 1.5)
  return {
    kind,
    habit,
    firstName,
    lastName,
    email: null,
    username: random.chance(0.6) ? `${plain(firstName)}.${plain(lastName).slice(0, 3)}${random.between(1, 99)}` : null,
    phone: random.chance(0.7) ? inventPhone(random, language) : null,
    birthdate: random.chance(0.85) ? addDays(today, -age * 365 - random.between(0, 364)) : null,
    gender,
    language,
    group: inventGroup(random, age),
    aggregator: random.weighted(AGGREGATORS),
    joined: Math.max(joined, -OPENED),
    tags: inventTags(random, kind),
    consent: random.weighted<boolean | null>([
      [true, 88],
      [null, 8],
      [false, 4],
    ]),
  }
}

/** Two people of one name are rare: a name that is taken is drawn again, a few times. */
function inventName(random: Random, language: Language, sounds: 'female' | 'male', known: Set<string>) {
  const names = NAMES[language]
  const draw = () => ({
    firstName: random.pick(names[sounds]),
    lastName: random.chance(0.03) ? `${random.pick(names.last)}-${random.pick(names.last)}` : random.pick(names.last),
  })
  const whole = ({ firstName, lastName }: ReturnType<typeof draw>) => `${firstName} ${lastName}`
  let name = draw()
  for (let tries = 0; tries < 5 && known.has(whole(name)); tries += 1) name = draw()
  known.add(whole(name))
  return name
}

function inventGroup(random: Random, age: number): string | null {
  if (age < 27 && random.chance(0.5)) return 'Student'
  if (age > 63 && random.chance(0.6)) return 'Senior'
  const group = random.weighted(GROUPS)
  return (group === 'Student' && age > 32) || (group === 'Senior' && age < 60) ? 'Regular' : group
}

function inventHabit(random: Random, kind: Kind): Habit | null {
  // many come now and then, few almost daily
  const weekly = 0.5 + 1.68 * random.next() ** 1.7
  switch (kind) {
    case 'regular':
      return { first: firstOfRegular(random), last: 0, weekly, ahead: true }
    case 'fading': {
      const last = -random.between(15, 29)
      return { first: last - random.between(20, 600), last, weekly: weekly * 0.8, ahead: random.chance(0.15) }
    }
    case 'lapsed': {
      if (random.chance(0.2)) return onlyOnce(-random.between(31, 90))
      const last = -random.between(31, 560)
      return { first: Math.max(last - random.between(0, 330), -OPENED + 5), last, weekly: weekly * 0.7, ahead: false }
    }
    case 'new':
      return { first: -random.between(0, 29), last: 0, weekly: weekly * 0.9, ahead: random.chance(0.6) }
    case 'lead':
      return { first: random.between(1, 29), last: 0, weekly: 0.5, ahead: true }
    case 'contact':
      return null
  }
}

/** Most have been here long; every month some of the new ones stay. */
const firstOfRegular = (random: Random): number =>
  random.chance(0.1) ? -random.between(31, 60) : -Math.round(60 + (OPENED - 75) * random.next() ** 0.7)

/** Many come once and never again. */
const onlyOnce = (day: number): Habit => ({ first: day, last: day, weekly: 0, ahead: false })

/** Numbers that are set aside for stories and reach nobody. */
function inventPhone(random: Random, language: Language): string {
  const digits = String(random.between(0, 999)).padStart(3, '0')
  if (language === 'en') return `+44 7700 900${digits}`
  if (language === 'fr') return `+33 6 39 98 0${digits.slice(0, 1)} ${digits.slice(1)}`
  return `+49 30 23125 ${digits}`
}

function inventTags(random: Random, kind: Kind): string[] {
  const tags = TAGS.filter(() => random.chance(0.05))
  if (kind === 'contact' && random.chance(0.7)) tags.push('newsletter')
  if (kind === 'regular' && random.chance(0.06)) tags.push('loyal')
  return tags
}

/** Made of the name; numbered where that address is taken. */
function addressOf(random: Random, person: Person, domain: string | null, taken: Set<string>): string | null {
  if (domain === null && random.chance(0.025)) return null
  const name = `${plain(person.firstName)}.${plain(person.lastName)}`
  const at = domain ?? random.pick(MAIL_DOMAINS[person.language])
  let address = `${name}@${at}`
  for (let number = 2; taken.has(address); number += 1) address = `${name}${number}@${at}`
  taken.add(address)
  return address
}
