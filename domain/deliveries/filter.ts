import { addDays, startOfDay } from '../../rules/time.ts'
import { allOf } from '../customers/filter.ts'
import { knownCustomer } from '../customers/knownCustomer.ts'
import type { Sql } from '../customers/sql.ts'
import { textSql } from '../customers/text.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { escapeLike } from '../escapeLike.ts'
import { requireProvider } from '../segments/requireProvider.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { DeliveryState } from './state.ts'

/** What somebody did with a message that arrived, or has not done so far. */
export const REACTIONS = ['opened', 'clicked', 'not_opened', 'not_clicked'] as const
export type Reaction = (typeof REACTIONS)[number]

/** Stands for the business itself where a provider is named: no id of a provider has this sign. */
export const BUSINESS = '~'

/** What the history of deliveries is narrowed by; parts left out and empty lists narrow nothing. */
export type DeliveryFilter = {
  state?: readonly DeliveryState[] | undefined
  /** All of them: opened, but not clicked. */
  reaction?: readonly Reaction[] | undefined
  channel?: readonly string[] | undefined
  /** Ids of campaigns. */
  campaign?: readonly string[] | undefined
  /** Ids of templates that the message was made of. */
  template?: readonly string[] | undefined
  /** Kinds of campaigns; `test` for what somebody sent to themselves to look at. */
  kind?: readonly string[] | undefined
  /** The caller's ids of providers who wrote; {@link BUSINESS} for the business itself. */
  provider?: readonly string[] | undefined
  /** Our id of the provider who alone wrote; for somebody who sees no other mail. */
  own?: number | undefined
  /** The caller's id of a customer. */
  customer?: string | undefined
  /** Days of the business's calendar on which it was put in line, both belonging to it. */
  from?: string | undefined
  to?: string | undefined
  /** Which of two compared messages. */
  variant?: string | undefined
  /** Class of a bounce. */
  bounce?: string | undefined
  /** Mail domain of the address. */
  domain?: string | undefined
  /** A link of the message that a person followed. */
  link?: string | undefined
  /** What the message made its reader say. */
  wish?: 'unsubscribed' | 'complained' | undefined
  /** Beginning of a customer's name, address, user name or id, or part of a campaign's name or subject. */
  text?: string | undefined
}

/** Which deliveries `d` are meant: an index to read, tables to join behind it, and a condition. */
export type DeliverySql = { from: string; where: Sql }

/** More customers than this are not looked up by the text, but asked one by one as they come. */
const FEW = 2_000

/**
 * A filter as SQL. A customer's messages are read by the customer; everything else from the one index that has all that is
 * asked for, newest first (docs/decisions/023-one-index-of-the-history.md).
 *
 * @param at where in the request the filter stands
 * @throws Problem 'invalid' for a day, customer, provider or campaign that is none
 */
export async function deliveriesSql(db: Database, filter: DeliveryFilter, at: string): Promise<DeliverySql> {
  const campaigns = await ofCampaigns(db, filter, at)
  const people = await ofPeople(db, filter)
  const parts = [
    oneOf('d.state', filter.state),
    ...(filter.reaction ?? []).map(reactionSql),
    oneOf('d.channel', filter.channel),
    kindSql(filter.kind),
    ...(await between(db, filter, at)),
    ...detailsSql(filter, at),
    filter.own === undefined ? null : { sql: 'm.provider_id = ?', bindings: [filter.own] },
    ...campaigns,
    ...people.where,
  ].filter((part) => part !== null)
  const joins = [
    filter.kind?.length || filter.provider?.length || filter.template?.length || filter.own !== undefined
      ? 'campaigns m ON m.id = d.campaign_id'
      : null,
    people.join,
  ]
  return {
    from: [`deliveries d FORCE INDEX (${people.index})`, ...joins.filter((one) => one !== null)].join(
      ' STRAIGHT_JOIN ',
    ),
    where: allOf(parts),
  }
}

/**
 * A query for our own ids of the customers to whom the messages went that a filter lets through, as `customer_id`, each
 * once.
 *
 * @throws Problem as {@link deliveriesSql}
 */
export async function recipientsSql(db: Database, filter: DeliveryFilter, at: string): Promise<Sql> {
  const { from, where } = await deliveriesSql(db, filter, at)
  return {
    sql: `SELECT DISTINCT d.customer_id AS customer_id FROM ${from} WHERE ${where.sql}`,
    bindings: where.bindings,
  }
}

function oneOf(column: string, values: readonly string[] | undefined): Sql | null {
  if (values === undefined || values.length === 0) return null
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, bindings: [...values] }
}

/** What did not arrive can't have been left unread. */
function reactionSql(reaction: Reaction): Sql {
  const column = reaction.endsWith('opened') ? 'd.opened_at' : 'd.clicked_at'
  if (!reaction.startsWith('not_')) return { sql: `${column} IS NOT NULL`, bindings: [] }
  return { sql: `d.state IN ('sent', 'delivered') AND ${column} IS NULL`, bindings: [] }
}

function kindSql(kinds: readonly string[] | undefined): Sql | null {
  if (kinds === undefined || kinds.length === 0) return null
  const named = oneOf(
    'm.kind',
    kinds.filter((kind) => kind !== 'test'),
  )
  const real = named === null ? [] : [{ sql: `NOT d.test AND ${named.sql}`, bindings: named.bindings }]
  const parts = kinds.includes('test') ? [...real, { sql: 'd.test', bindings: [] }] : real
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' OR '), bindings: parts.flatMap(({ bindings }) => bindings) }
}

async function between(db: Database, { from, to }: DeliveryFilter, at: string): Promise<Sql[]> {
  if (from === undefined && to === undefined) return []
  if (from !== undefined && to !== undefined && from > to) throw refusal(`${at}/from`, 'A period begins before it ends')
  const { timeZone } = await readSettings(db)
  return [
    ...(from === undefined ? [] : [{ sql: 'd.queued_at >= ?', bindings: [startOfDay(from, timeZone)] }]),
    ...(to === undefined ? [] : [{ sql: 'd.queued_at < ?', bindings: [startOfDay(addDays(to, 1), timeZone)] }]),
  ]
}

/** What reports lead to. No index has it: it is looked for among the messages of campaigns only. */
function detailsSql({ campaign, variant, bounce, domain, link, wish }: DeliveryFilter, at: string): Sql[] {
  const parts: Sql[] = []
  if (variant !== undefined) parts.push({ sql: 'd.variant = ?', bindings: [variant] })
  if (bounce !== undefined) parts.push({ sql: "COALESCE(d.bounce_class, 'other') = ?", bindings: [bounce] })
  if (domain !== undefined) {
    parts.push({
      sql: "d.channel = 'email' AND LOWER(SUBSTRING_INDEX(d.address, '@', -1)) = LOWER(?)",
      bindings: [domain],
    })
  }
  if (wish !== undefined) parts.push({ sql: `d.${wish}_at IS NOT NULL`, bindings: [] })
  if (link !== undefined) {
    parts.push({
      sql: `d.clicked_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM delivery_events e LEFT JOIN campaign_links l
          ON l.campaign_id = d.campaign_id AND l.position = JSON_EXTRACT(e.detail, '$.link')
        WHERE e.delivery_id = d.id AND e.type = 'clicked' AND e.machine IS NULL
          AND CAST(? AS BINARY) IN (CAST(JSON_UNQUOTE(JSON_EXTRACT(e.detail, '$.url')) AS BINARY), CAST(l.url AS BINARY)))`,
      bindings: [link],
    })
  }
  if (parts.length > 0 && !campaign?.length)
    throw refusal(`${at}/campaign`, 'Has to say the campaign whose messages these are')
  return parts
}

/** A message is put in line after its campaign was made and before it ended; the clocks of two machines differ a little. */
const CLOCKS = 3_600_000

/** The campaigns that are asked for, with the time in which their messages were put in line: what is older is not read. */
async function ofCampaigns(db: Database, filter: DeliveryFilter, at: string): Promise<Sql[]> {
  const parts: Sql[] = []
  if (filter.provider !== undefined && filter.provider.length > 0) {
    const ids = filter.provider.map((provider) =>
      provider === BUSINESS ? 0 : requireProvider(db, provider, `${at}/provider`),
    )
    parts.push({ sql: `m.provider_id IN (${ids.map(() => '?').join(', ')})`, bindings: await Promise.all(ids) })
  }
  const template = oneOf('COALESCE(d.template_id, m.template_id)', filter.template)
  if (template !== null) parts.push(template)
  if (filter.campaign === undefined || filter.campaign.length === 0) return parts
  const ids = filter.campaign.map(Number)
  const [span] = await rows<{ first: Date | null; last: Date | null; open: number | null }>(
    db,
    `SELECT MIN(created_at) AS first, MAX(finished_at) AS last, SUM(finished_at IS NULL) AS open
     FROM campaigns WHERE id IN (?)`,
    [ids],
  )
  parts.push({ sql: `d.campaign_id IN (${ids.map(() => '?').join(', ')})`, bindings: ids })
  if (span?.first != null) {
    parts.push({ sql: 'd.queued_at >= ?', bindings: [new Date(span.first.getTime() - CLOCKS)] })
  }
  if (span?.last != null && Number(span.open) === 0) {
    parts.push({ sql: 'd.queued_at <= ?', bindings: [new Date(span.last.getTime() + CLOCKS)] })
  }
  return parts
}

type OfPeople = { index: 'deliveries_history' | 'deliveries_customer'; join: string | null; where: Sql[] }

async function ofPeople(db: Database, { customer, text }: DeliveryFilter): Promise<OfPeople> {
  const sought = textSql(text, 'c')
  const one = customer === undefined ? null : await knownCustomer(db, customer)
  const own: Sql[] = one === null ? [] : [{ sql: 'd.customer_id = ?', bindings: [one] }]
  const index = one === null ? 'deliveries_history' : 'deliveries_customer'
  if (sought === null) return { index, join: null, where: own }
  const people = await idsOf(db, `customers c WHERE ${sought.sql}`, 'c.id', sought.bindings, FEW)
  const like = `%${escapeLike((text ?? '').trim())}%`
  const named = "campaigns m WHERE m.name LIKE ? ESCAPE '!' OR m.subject LIKE ? ESCAPE '!'"
  const campaigns = await idsOf(db, named, 'm.id', [like, like], FEW)
  const isFew = people.length <= FEW
  const either = [
    isFew ? oneOfIds('d.customer_id', people) : sought,
    oneOfIds('d.campaign_id', campaigns.slice(0, FEW)),
  ].filter((part) => part !== null)
  const found: Sql = {
    sql: either.length === 0 ? 'FALSE' : either.map(({ sql }) => `(${sql})`).join(' OR '),
    bindings: either.flatMap(({ bindings }) => bindings),
  }
  return {
    index: isFew && campaigns.length === 0 ? 'deliveries_customer' : index,
    join: isFew ? null : 'customers c ON c.id = d.customer_id',
    where: [...own, found],
  }
}

/** Our own ids of some rows, and one more than `most` when there are more. */
async function idsOf(db: Database, from: string, id: string, bindings: Sql['bindings'], most: number) {
  const found = await rows<{ id: number }>(db, `SELECT ${id} AS id FROM ${from} LIMIT ?`, [...bindings, most + 1])
  return found.map((row) => row.id)
}

const oneOfIds = (column: string, ids: readonly number[]): Sql | null =>
  ids.length === 0 ? null : { sql: `${column} IN (${ids.map(() => '?').join(', ')})`, bindings: [...ids] }

const refusal = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
