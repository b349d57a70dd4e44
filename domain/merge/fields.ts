import type { Day } from '../../rules/time.ts'

/** What of a profile is chosen field by field when two customers become one, in the order in which it is shown. */
export const MERGED_FIELDS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'username',
  'birthdate',
  'gender',
  'language',
  'country',
  'customer_group',
  'aggregator',
  'joined_at',
] as const
export type MergedField = (typeof MERGED_FIELDS)[number]

/** Of which of the two something is. */
export type Side = 'stays' | 'goes'

export type AttributeValue = string | number | boolean | null
export type Attributes = Readonly<Record<string, AttributeValue>>

/** What is known of one of the two. */
export type PartyProfile = {
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  username: string | null
  birthdate: Day | null
  gender: string | null
  language: string | null
  country: string | null
  customer_group: string | null
  aggregator: string | null
  joined_at: Date | null
  attributes: Attributes
}

/** Whose value is taken, by the field; `attributes` says who goes first where both have one of a name. */
export type Choices = Partial<Record<MergedField | 'attributes', Side | undefined>>

const isEmpty = (value: string | Date | null) => value === null || value === ''

/**
 * Whose value of a field is taken: what somebody chose, else that of the one who stays, where there is one. Nobody became a
 * customer later because they have two records: the earlier date counts.
 */
export function sideOf(field: MergedField, stays: PartyProfile, goes: PartyProfile, choices: Choices): Side {
  const chosen = choices[field]
  if (chosen !== undefined) return chosen
  if (isEmpty(goes[field])) return 'stays'
  if (isEmpty(stays[field])) return 'goes'
  if (field !== 'joined_at' || stays.joined_at === null || goes.joined_at === null) return 'stays'
  return goes.joined_at < stays.joined_at ? 'goes' : 'stays'
}

/** The profile that the two become: pure. Attributes of both are kept; of one name that of the one who goes first. */
export function mergedProfile(stays: PartyProfile, goes: PartyProfile, choices: Choices): PartyProfile {
  const taken = Object.fromEntries(
    MERGED_FIELDS.map((field) => [field, { stays, goes }[sideOf(field, stays, goes, choices)][field]]),
  ) as Omit<PartyProfile, 'attributes'>
  const isGoesFirst = choices.attributes === 'goes'
  const attributes = isGoesFirst
    ? { ...stays.attributes, ...goes.attributes }
    : { ...goes.attributes, ...stays.attributes }
  return { ...taken, attributes }
}

/** Values of the one who stays that were decided against; instants as RFC 3339. */
export type Refused = Partial<Record<MergedField, string>> & { attributes?: Attributes }

/**
 * What the one who stays had and was decided against: a source that knows nothing of the merge goes on sending it, and it is
 * not taken again. Any other value is news and is.
 */
export function refusedBy(stays: PartyProfile, merged: PartyProfile): Refused | null {
  const refused: Refused = {}
  for (const field of MERGED_FIELDS) {
    const [old, now] = [asText(stays[field]), asText(merged[field])]
    if (old !== null && old !== '' && old !== now) refused[field] = old
  }
  const attributes = Object.entries(stays.attributes).filter(([name, value]) => merged.attributes[name] !== value)
  if (attributes.length > 0) refused.attributes = Object.fromEntries(attributes)
  return Object.keys(refused).length === 0 ? null : refused
}

const asText = (value: string | Date | null): string | null => (value instanceof Date ? value.toISOString() : value)
