import { type Database, rows } from '../database.ts'
import type { Batch, IngestedCustomer } from '../ingest/items.ts'
import { cleanText, oneLine } from '../messages/cleanText.ts'
import { hmac } from '../settings/hmac.ts'
import { secret } from '../settings/secret.ts'
import type { ImportKind } from './fields.ts'
import type { Choices } from './import.ts'
import type { RowItem } from './rowItem.ts'

/** Rows as things to be ingested, with the place of each row in the list. */
export type Resolved = {
  batch: Batch
  /** The rows that were refused since their address is that of several customers. */
  ambiguous: RowItem[]
  /** What customers are tagged with, by their identifiers. */
  tags: Map<string, string[]>
}

/**
 * Makes things of rows: who has no identifier there is the customer with that address, or a new one whose identifier
 * follows from it; so is a provider known by name. A file that is taken in twice means the same things.
 */
export async function resolveRows(
  db: Database,
  kind: ImportKind,
  items: readonly RowItem[],
  choices: Choices,
): Promise<Resolved> {
  const key = await secret(db, 'import-ids')
  const idFor = (prefix: string, ...parts: (string | null)[]) =>
    `${prefix}-${hmac(key).update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`
  const [idField, emailField] =
    kind === 'customers' ? (['id', 'email'] as const) : (['customer', 'customer_email'] as const)
  const emails = items.flatMap(({ values }) => (values[idField] == null ? (asText(values[emailField]) ?? []) : []))
  const known = await byAddress(db, emails)
  const providers = await providersFor(db, items, (name) => idFor('provider', name))
  const resolved: Resolved = { batch: {}, ambiguous: [], tags: new Map() }
  const list: { index: number; item: Record<string, unknown> & { id: string } }[] = []
  for (const [index, row] of items.entries()) {
    const { values } = row
    const email = asText(values[emailField])
    const owners = email === null ? [] : (known.get(email.toLowerCase()) ?? [])
    const owner = asText(values[idField]) ?? owners[0] ?? (email === null ? null : idFor('email', email.toLowerCase()))
    if (owner === null || (values[idField] == null && owners.length > 1)) {
      resolved.ambiguous.push(row)
      continue
    }
    if (kind === 'customers') {
      list.push({ index, item: { ...customerOf(row), id: owner } })
      const tags = [...choices.tags, ...(Array.isArray(values.tags) ? values.tags : [])]
      if (tags.length > 0) resolved.tags.set(owner, [...(resolved.tags.get(owner) ?? []), ...tags])
      continue
    }
    const { customer: _, customer_email: __, provider_name: name, ...rest } = values
    const provider = asText(values.provider) ?? (typeof name === 'string' ? providers.idOf(name) : null)
    const fact: Record<string, unknown> = { ...rest, customer: owner }
    if (provider !== null) fact.provider = provider
    const id = asText(values.id) ?? idFor(...identityOf(kind, fact))
    list.push({ index, item: { ...fact, id } })
  }
  resolved.batch = { [kind]: list, ...(providers.made.length > 0 ? { providers: providers.made } : {}) } as Batch
  return resolved
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** By what a booking or a membership without an identifier is the same one another time. */
function identityOf(kind: ImportKind, fact: Record<string, unknown>): [string, ...(string | null)[]] {
  const text = (name: string) => asText(fact[name])
  return kind === 'bookings'
    ? ['booking', text('customer'), text('starts_at'), text('service'), text('provider')]
    : ['membership', text('customer'), text('type'), text('valid_from'), text('provider')]
}

function customerOf({ values, attributes }: RowItem): Omit<IngestedCustomer, 'id'> {
  const { id: _, tags: __, consent_email: email, consent_sms: sms, consent_push: push, ...rest } = values
  const said = { email, sms, push }
  const consents = Object.fromEntries(Object.entries(said).filter(([, given]) => typeof given === 'boolean'))
  return {
    ...rest,
    ...(Object.keys(consents).length > 0 ? { consents } : {}),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
  } as Omit<IngestedCustomer, 'id'>
}

/** The identifiers of the customers with these addresses, whatever their case. */
async function byAddress(db: Database, emails: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (emails.length === 0) return found
  const stored = await rows<{ external_id: string; email: string }>(
    db,
    'SELECT external_id, email FROM customers WHERE known = 1 AND email IN (?) ORDER BY id',
    [[...new Set(emails)]],
  )
  // the database takes more letters for the same than addresses may have
  for (const { external_id: id, email } of stored)
    found.set(email.toLowerCase(), [...(found.get(email.toLowerCase()) ?? []), id])
  return found
}

async function providersFor(db: Database, items: readonly RowItem[], idFor: (name: string) => string) {
  const clean = (name: string) => oneLine(cleanText(name))
  const names = new Set(
    items.flatMap(({ values }) =>
      values.provider == null && typeof values.provider_name === 'string' ? clean(values.provider_name) : [],
    ),
  )
  const ids = new Map<string, string>()
  if (names.size > 0) {
    const stored = await rows<{ external_id: string; name: string }>(
      db,
      'SELECT external_id, name FROM providers WHERE known = 1 AND name IN (?) ORDER BY id DESC',
      [[...names]],
    )
    for (const { external_id: id, name } of stored) ids.set(name.toLowerCase(), id)
  }
  const made: { index: number; item: { id: string; name: string } }[] = []
  const idOf = (name: string): string => {
    const asKnown = clean(name)
    const known = ids.get(asKnown.toLowerCase())
    if (known !== undefined) return known
    const id = idFor(asKnown.toLowerCase())
    ids.set(asKnown.toLowerCase(), id)
    made.push({ index: made.length, item: { id, name: asKnown } })
    return id
  }
  return { idOf, made }
}
