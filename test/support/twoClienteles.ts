import { takeArrivals } from '../../domain/automations/entering/takeArrivals.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { TestApi } from './api.ts'

/** A word that stands in everything of Ben's, and in nothing of Anna's. */
export const BENS_WORD = /quokka/i

/** One of each thing that a call may name, of one provider; ids as the API says them. */
export type Clientele = {
  provider: string
  customer: string
  campaign: string
  audience: string
  delivery: string
  reward: string
  booking: string
  enrolment: string
}

const BOOKED = { minutes: 60, price: 5_000 }

/**
 * A business with two providers who have no customer in common, each with something of everything: bookings, segments,
 * mailings with an audience and messages, rewards, a ledger, suppressions, favourites, decisions by hand, enrolments,
 * answers and tags. All of Ben's has {@link BENS_WORD} in its ids and names.
 */
export async function twoClienteles(
  db: Database,
  api: TestApi,
  now: Date,
): Promise<{ anna: Clientele; ben: Clientele }> {
  const must = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const reply = await api.call<Body>(method, path, body)
    if (reply.status >= 300 || reply.status === 207)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  // numbers that stand in nothing else
  for (const [place, table] of ['campaigns', 'audiences', 'deliveries', 'rewards', 'enrolments'].entries()) {
    await execute(db, `ALTER TABLE ${table} AUTO_INCREMENT = ${770_001 + place * 10_000}`)
  }
  await must('put', '/settings', { mail_unknown_consent: true })
  const who = (word: string, provider: string) => {
    const customers = [1, 2, 3].map((number) => ({
      id: `${word}-${number}`,
      first_name: `${word}first${number}`,
      last_name: `${word}last`,
      username: `${word}user${number}`,
      email: `${word}${number}@${word}.test`,
      phone: `+4930${word.length}${number}123456`,
      customer_group: `${word} group`,
      aggregator: `${word} partner`,
      attributes: { favourite_animal: word },
    }))
    const of = (id: string, number: number) => ({
      id: `${word}-${id}-${number}`,
      customer: `${word}-${number}`,
      provider,
    })
    const each = <Item>(item: (number: number) => Item) => [1, 2, 3].map(item)
    const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString()
    return {
      providers: [{ id: provider, name: `${word} studio`, email: `${word}@${word}.test` }],
      customers,
      bookings: [
        ...each((number) => ({
          ...of('past', number),
          ...BOOKED,
          state: 'attended',
          starts_at: days(-10),
          service: `${word} class`,
        })),
        ...each((number) => ({ ...of('next', number), ...BOOKED, starts_at: days(5), service: `${word} class` })),
      ],
      payments: each((number) => ({ ...of('paid', number), amount: 7_700, paid_at: days(-9) })),
      reviews: each((number) => ({ ...of('review', number), rating: 5, created_at: days(-8) })),
      interactions: each((number) => ({ ...of('talk', number), direction: 'inbound', at: days(-7) })),
      memberships: each((number) => ({
        ...of('pass', number),
        provider: undefined,
        type: `${word} pass`,
        valid_from: days(-30).slice(0, 10),
      })),
    }
  }
  for (const [word, provider] of [
    ['gentian', 'gentian-anna'],
    ['quokka', 'quokka-ben'],
  ] as const) {
    const { memberships, ...facts } = who(word, provider)
    await must('post', '/ingest', { ...facts, memberships: memberships.map(({ provider: _, ...one }) => one) })
  }
  await must('post', '/segments', { id: 'their-regulars', name: 'Regulars', scope: 'provider', rule: { all: [] } })
  await must('post', '/segments', { id: 'everybody', name: 'Everybody', scope: 'business', rule: { all: [] } })
  await execute(db, 'UPDATE segments SET computed_version = version, computed_at = ?', [now])
  await refreshSegments(db, now)
  await must('post', '/templates', {
    id: 'hello',
    name: 'Hello',
    subject: 'Hello',
    publish: true,
    mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ customer.first_name }} <a href="{{ links.unsubscribe }}">x</a></mj-text></mj-column></mj-section></mj-body></mjml>',
  })
  await must('post', '/automations', { id: 'care', name: 'Care' })
  await must('post', '/automations/care/publish', { definition: CARE, base_version: 0 })
  const made = {
    anna: await own(db, must, 'gentian', 'gentian-anna', now),
    ben: await own(db, must, 'quokka', 'quokka-ben', now),
  }
  return made
}

const CARE = {
  scope: 'provider',
  when: { on: 'enters_segment', segment: 'their-regulars' },
  again: 'each',
  then: [
    { id: 'w', wait: { days: 3 } },
    { id: 't', tag: { add: ['cared for'] } },
  ],
}

type Must = <Body>(method: string, path: string, body?: unknown) => Promise<Body>

async function own(db: Database, must: Must, word: string, provider: string, now: Date): Promise<Clientele> {
  const customer = `${word}-1`
  const campaign = await must<{ id: string }>('post', '/campaigns', {
    name: `${word} mailing`,
    kind: 'loyalty',
    channel: 'email',
    provider,
    segment: 'their-regulars',
    content: { subject: `${word} subject`, html: `<p>${word} text <a href="https://${word}.test/">link</a></p>` },
    reward: { kind: 'voucher', amount: 500, valid_days: 30 },
  })
  await freezeAudience(db, Number(campaign.id), now)
  await must('post', '/customers/tag', { customers: [customer], add: [`${word} tag`] })
  await must('put', `/providers/${provider}/favourites/${customer}`)
  await must('put', `/suppressions/${word}-3?provider=${provider}`, { reason: 'by_hand', source: `${word} said so` })
  await must('put', `/segments/their-regulars/members/${word}-2?provider=${provider}`)
  await must('delete', `/segments/their-regulars/members/${word}-3?provider=${provider}`)
  const reward = await must<{ id: string }>('post', '/rewards', {
    provider,
    customer,
    kind: 'voucher',
    percent: 15,
    valid_to: '2027-01-31',
  })
  await must('post', '/redemptions', { booking: `${word}-next-1` })
  await must('post', '/automations/care/enrol', { customers: [customer], provider })
  await refreshSegments(db, now)
  await takeArrivals(db, now)
  const one = async (sql: string) => String((await rows<{ id: number }>(db, sql, [campaign.id]))[0]?.id)
  const [enrolled] = await rows<{ id: number }>(
    db,
    'SELECT e.id FROM enrolments e JOIN customers c ON c.id = e.customer_id WHERE c.external_id = ?',
    [customer],
  )
  return {
    provider,
    customer,
    campaign: campaign.id,
    audience: await one('SELECT id FROM audiences WHERE campaign_id = ?'),
    delivery: await one('SELECT MIN(id) AS id FROM deliveries WHERE campaign_id = ?'),
    reward: reward.id,
    booking: `${word}-next-2`,
    enrolment: String(enrolled?.id),
  }
}
