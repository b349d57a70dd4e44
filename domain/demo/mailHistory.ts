import { takeSlot } from '../campaigns/loyalty/slots.ts'
import { type Database, rows } from '../database.ts'
import { classOfBounce } from '../deliveries/bounce.ts'
import { insertRows } from '../insertRows.ts'
import { checkContent } from '../messages/checkContent.ts'
import { compileMessage } from '../messages/compileMessage.ts'
import { checkReward } from '../rewards/checkReward.ts'
import type { AskedReward } from '../rewards/reward.ts'
import { inventDelivery, type PastDelivery } from './deliveries.ts'
import type { History } from './ledger.ts'
import { PAST_MAILS, type PastMail } from './mails.ts'
import type { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import type { Calendar } from './visits.ts'
import { customerId, providerId, providerKey } from './writePeople.ts'

/** Why somebody gets nothing any more, by position in the list of people. */
type Suppressed = Map<number, { reason: 'unsubscribed' | 'bounced'; source: string; address: string | null; at: Date }>

type Written = PastDelivery & { campaign: number; customer: number; mail: PastMail }

/** Writes the campaigns of the past weeks with everything that came of them. The segments are there by then. */
export async function writeMailHistory(
  trx: Database,
  random: Random,
  loyaltyRandom: Random,
  histories: readonly History[],
  calendar: Calendar,
): Promise<void> {
  const suppressed: Suppressed = new Map()
  const deliveries: Written[] = []
  for (const mail of PAST_MAILS) {
    const startedAt = calendar.instant(mail.offset, 10)
    const dice = mail.loyalty === undefined ? random : loyaltyRandom
    const verdicts = histories.flatMap((history, index) =>
      mail.meant(history, mail.offset) ? [{ index, leftOut: leftOut(history, suppressed.get(index)?.reason) }] : [],
    )
    const sent = verdicts
      .filter((verdict) => verdict.leftOut === null)
      .map(({ index }, place) => ({
        index,
        ...inventDelivery(dice, histories[index]?.person.email ?? '', startedAt, place),
      }))
    const campaign = await writeCampaign(trx, mail, startedAt, sent)
    await writeAudience(trx, mail, campaign, startedAt, verdicts)
    for (const { index, ...delivery } of sent) {
      deliveries.push({ ...delivery, campaign, customer: customerId(index), mail })
      const { address } = delivery
      if (delivery.badAddress !== null) {
        suppressed.set(index, { reason: 'bounced', source: delivery.badAddress, address, at: delivery.lastAt })
      } else if (delivery.unsubscribed) {
        const source = `Campaign “${mail.name}”`
        suppressed.set(index, { reason: 'unsubscribed', source, address: null, at: delivery.lastAt })
      }
    }
  }
  await writeDeliveries(trx, deliveries)
  await writeRewards(trx, deliveries, calendar)
  await writeSuppressions(trx, random, histories, suppressed, calendar)
}

function leftOut({ person }: History, suppressed: string | undefined): string | null {
  if (person.email === null) return 'no_address'
  return suppressed ?? (person.consent === true ? null : 'no_consent')
}

async function writeCampaign(
  trx: Database,
  mail: PastMail,
  startedAt: Date,
  sent: readonly PastDelivery[],
): Promise<number> {
  const { subject, document } = checkContent({ subject: mail.subject, html: mail.html })
  const compiled = await compileMessage(document, { business: STUDIO.name, language: STUDIO.language })
  const [segment] = await rows<{ id: number }>(trx, 'SELECT id FROM segments WHERE `key` = ?', [mail.segment])
  const finishedAt = new Date(Math.max(startedAt.getTime(), ...sent.map(({ settledAt }) => settledAt.getTime())))
  const [id = 0] = await trx('campaigns').insert({
    name: mail.name,
    kind: mail.loyalty === undefined ? 'one_off' : 'loyalty',
    provider_id: mail.loyalty === undefined ? 0 : providerId(mail.loyalty.provider),
    reward: mail.loyalty === undefined ? null : JSON.stringify(rewardOf(mail.loyalty.reward)),
    channel: 'email',
    state: 'sent',
    segment_id: segment?.id ?? null,
    criteria: JSON.stringify(criteriaOf(mail)),
    subject,
    document: JSON.stringify(document),
    html: compiled.html,
    text: compiled.text,
    created_at: startedAt,
    started_at: startedAt,
    finished_at: finishedAt,
  })
  await insertRows(
    trx,
    'campaign_links',
    ['campaign_id', 'position', 'url'],
    compiled.links.map((url, position) => [id, position, url]),
  )
  if (mail.loyalty !== undefined && segment !== undefined) {
    const clientele = { providerId: providerId(mail.loyalty.provider), segmentId: segment.id }
    await takeSlot(trx, clientele, id, startedAt)
  }
  return id
}

async function writeAudience(
  trx: Database,
  mail: PastMail,
  campaign: number,
  at: Date,
  verdicts: readonly { index: number; leftOut: string | null }[],
): Promise<void> {
  const counts: Record<string, number> = {}
  for (const { leftOut } of verdicts) if (leftOut !== null) counts[leftOut] = (counts[leftOut] ?? 0) + 1
  const [audience = 0] = await trx('audiences').insert({
    campaign_id: campaign,
    name: mail.name,
    type: 'email',
    criteria: JSON.stringify(criteriaOf(mail)),
    total: verdicts.length,
    left_out: JSON.stringify(counts),
    created_at: at,
  })
  await insertRows(
    trx,
    'audience_contacts',
    ['audience_id', 'customer_id', 'left_out'],
    verdicts.map(({ index, leftOut }) => [audience, customerId(index), leftOut]),
  )
}

async function writeDeliveries(trx: Database, deliveries: readonly Written[]): Promise<void> {
  await insertRows(
    trx,
    'deliveries',
    [
      ...['id', 'campaign_id', 'customer_id', 'channel', 'address', 'state', 'reason', 'attempts', 'due_at'],
      ...['queued_at', 'sent_at', 'delivered_at', 'bounced_at', 'bounce_class', 'opened_at', 'clicked_at'],
    ],
    deliveries.map((delivery, index) => [
      index + 1,
      delivery.campaign,
      delivery.customer,
      'email',
      delivery.address,
      delivery.state,
      delivery.reason,
      delivery.attempts,
      delivery.queuedAt,
      delivery.queuedAt,
      delivery.sentAt,
      delivery.deliveredAt,
      delivery.bouncedAt,
      delivery.state === 'bounced' ? classOfBounce(delivery.reason ?? '') : null,
      delivery.openedAt,
      delivery.clickedAt,
    ]),
  )
  await insertRows(
    trx,
    'delivery_events',
    ['delivery_id', 'type', 'at', 'detail'],
    deliveries.flatMap(({ events }, index) =>
      events.map(({ type, at, detail }) => [index + 1, type, at, detail === null ? null : JSON.stringify(detail)]),
    ),
  )
}

/** What the loyalty mailings brought, usable where they arrived. Nobody has used one yet: there is no till. */
async function writeRewards(trx: Database, deliveries: readonly Written[], calendar: Calendar): Promise<void> {
  await insertRows(
    trx,
    'rewards',
    [
      ...[
        'provider_id',
        'customer_id',
        'campaign_id',
        'delivery_id',
        'kind',
        'amount',
        'percent',
        'ceiling',
        'minutes',
      ],
      ...['valid_days', 'valid_from', 'valid_to', 'state', 'created_at', 'activated_at', 'given_back_at'],
    ],
    deliveries.flatMap(({ mail, campaign, customer, queuedAt, sentAt, bouncedAt }, index) => {
      if (mail.loyalty === undefined) return []
      const { kind, amount, percent, ceiling, minutes, valid_days: days } = rewardOf(mail.loyalty.reward)
      const period = [days, calendar.day(mail.offset), calendar.day(mail.offset + (days ?? 1) - 1)]
      const became = [sentAt === null ? 'given_back' : 'active', queuedAt, sentAt, sentAt === null ? bouncedAt : null]
      const size = [kind, amount, percent, ceiling, minutes]
      return [[providerId(mail.loyalty.provider), customer, campaign, index + 1, ...size, ...period, ...became]]
    }),
  )
}

const rewardOf = (asked: AskedReward) => checkReward(asked, '2000-01-01')

const criteriaOf = ({ segment, loyalty }: PastMail) =>
  loyalty === undefined ? { segment } : { kind: 'loyalty', segment, provider: providerKey(loyalty.provider) }

/** Those that the campaigns brought about, and a few customers whom one provider shall not write to. */
async function writeSuppressions(
  trx: Database,
  random: Random,
  histories: readonly History[],
  suppressed: Suppressed,
  calendar: Calendar,
): Promise<void> {
  const lines = [...suppressed].map(([index, { reason, source, address, at }]) => [
    customerId(index),
    0,
    reason,
    source,
    address,
    at,
  ])
  const met = histories.flatMap(({ visits }, index) => (visits[0] === undefined ? [] : [{ index, visit: visits[0] }]))
  const asked = new Set(Array.from({ length: 6 }, () => random.pick(met)))
  for (const { index, visit } of asked) {
    const at = calendar.instant(-random.between(3, 60), 15)
    lines.push([customerId(index), providerId(visit.provider), 'by_hand', 'Asked at the front desk', null, at])
  }
  await insertRows(
    trx,
    'suppressions',
    ['customer_id', 'provider_id', 'channel', 'reason', 'source', 'address', 'created_at'],
    lines.map(([customer = 0, provider = 0, ...rest]) => [customer, provider, 'email', ...rest]),
  )
}
