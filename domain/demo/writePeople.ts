import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { plain } from './names.ts'
import { OPENED, type Person } from './people.ts'
import type { Random } from './random.ts'
import { PROVIDERS } from './studio.ts'
import type { Calendar, Visit } from './visits.ts'

/** Numeric ids of the demo: into empty tables, so positions in the lists, counted from 1. */
export const customerId = (index: number): number => index + 1
export const providerId = (index: number): number => index + 1

const serial = (prefix: string, index: number, digits: number) => `${prefix}-${String(index + 1).padStart(digits, '0')}`

/** What the API calls a customer of the demo. */
export const customerKey = (index: number): string => serial('c', index, 4)

/** What the API calls a provider of the demo. */
export const providerKey = (index: number): string => serial('p', index, 2)

export async function writeProviders(trx: Database, calendar: Calendar): Promise<void> {
  const at = calendar.instant(-OPENED, 8)
  await insertRows(
    trx,
    'providers',
    ['id', 'external_id', 'known', 'name', 'email', 'created_at', 'updated_at'],
    PROVIDERS.map(({ name }, index) => [
      providerId(index),
      providerKey(index),
      1,
      name,
      `${plain(name.split(' ').at(-1) ?? name)}@studio-wolkenhof.test`,
      at,
      at,
    ]),
  )
}

/** Customers with their tags and consents. */
export async function writePeople(
  trx: Database,
  random: Random,
  people: readonly Person[],
  visits: readonly (readonly Visit[])[],
  calendar: Calendar,
): Promise<void> {
  const now = calendar.instant(-1, 20)
  const joined = people.map((person) => calendar.instant(person.joined, random.between(7, 21)))
  await insertRows(
    trx,
    'customers',
    [
      ...['id', 'external_id', 'known', 'email', 'username', 'first_name', 'last_name', 'phone', 'birthdate', 'gender'],
      ...['language', 'country', 'customer_group', 'aggregator', 'joined_at', 'joined_on', 'attributes'],
      ...['status', 'status_by_hand', 'status_set_at', 'status_set_by', 'created_at', 'updated_at'],
    ],
    people.map((person, index) => [
      customerId(index),
      customerKey(index),
      1,
      person.email,
      person.username,
      person.firstName,
      person.lastName,
      person.phone,
      person.birthdate,
      person.gender,
      person.language,
      person.language === 'de' || random.chance(0.7) ? 'DE' : { en: 'GB', fr: 'FR', it: 'IT' }[person.language],
      person.group,
      person.aggregator,
      joined[index] ?? now,
      calendar.day(person.joined),
      attributesOf(random, person),
      ...statusOf(visits[index] ?? [], now),
      joined[index] ?? now,
      now,
    ]),
  )
  await insertRows(
    trx,
    'customer_tags',
    ['customer_id', 'tag', 'created_at'],
    people.flatMap((person, index) => person.tags.map((tag) => [customerId(index), tag, joined[index] ?? now])),
  )
  await insertRows(
    trx,
    'consents',
    ['customer_id', 'channel', 'given', 'at', 'source', 'wording'],
    people.flatMap((person, index) => consentsOf(random, person, index, joined[index] ?? now)),
  )
}

function attributesOf(random: Random, person: Person): string | null {
  if (person.kind === 'contact' || random.chance(0.5)) return null
  return JSON.stringify({
    locker: random.between(1, 240),
    newsletter: random.chance(0.6),
    shoe_size: random.between(35, 46),
  })
}

/** Who is here all the time was made VIP by hand; the others' status follows the rules, and begins as a lead. */
function statusOf(visits: readonly Visit[], now: Date): [string, boolean, Date | null, string | null] {
  const attended = visits.filter(({ state }) => state === 'attended').length
  return attended > 110 ? ['vip', true, now, PROVIDERS[0]?.name ?? null] : ['lead', false, null, null]
}

function consentsOf(random: Random, person: Person, index: number, joined: Date) {
  const wording = 'Yes, write to me about classes, offers and news.'
  const consents: [number, string, boolean, Date, string, string | null][] = []
  if (person.consent !== null) {
    const withdrawn = new Date(joined.getTime() + random.between(1, 40) * 86_400_000)
    const at = person.consent ? joined : withdrawn
    consents.push([
      customerId(index),
      'email',
      person.consent,
      at,
      person.consent ? 'sign-up form' : 'front desk',
      wording,
    ])
  }
  if (person.phone !== null && random.chance(0.3)) {
    consents.push([customerId(index), 'sms', random.chance(0.9), joined, 'sign-up form', null])
  }
  return consents
}
