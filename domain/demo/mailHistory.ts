import { takeSlot } from '../campaigns/loyalty/slots.ts'
import { type Database, rows } from '../database.ts'
import { classOfBounce } from '../deliveries/bounce.ts'
import { insertRows } from '../insertRows.ts'
import { checkContent } from '../messages/checkContent.ts'
import { compileMessage } from '../messages/compileMessage.ts'
import { checkReward } from '../rewards/checkReward.ts'
import type { AskedReward } from '../rewards/reward.ts'
import type { Pair } from '../segments/markDirty.ts'
import { inventDelivery, type PastDelivery } from './deliveries.ts'
import type { History } from './ledger.ts'
import { PAST_MAILS, type PastMail } from './mails.ts'
import type { Random } from './random.ts'
import { STUDIO } from './studio.ts'
import type { Calendar } from './visits.ts'
import { customerId, providerId, providerKey } from './writePeople.ts'

/** Why somebody gets nothing any more, by position in the list of people. */
type Suppressed = Map<number, { reason: 'unsubscribed' | 'bounced'; source: string; address: string | null; at: Date }>

type Written = PastDelivery & { id: number; campaign: number; customer: number; mail: PastMail }

/** The mails of the past, written one after the other as time goes by. Segments are there by then, their members need not be. */
export class PastMailing {
  readonly #suppressed: Suppressed = new Map()
  /** Who shall not be written to from an instant on, not written yet. */
  #wishes: Wish[]
  readonly #dice: { oneOff: Random; loyalty: Random }
  readonly #histories: readonly History[]
  readonly #calendar: Calendar
  #mails = [...PAST_MAILS].sort((a, b) => a.offset - b.offset)

  constructor(dice: { oneOff: Random; loyalty: Random }, histories: readonly History[], calendar: Calendar) {
    this.#dice = dice
    this.#histories = histories
    this.#calendar = calendar
    this.#wishes = inventWishes(dice.oneOff, histories, calendar)
  }

  /** Writes the campaigns that went out up to an instant, each with all that came of it. */
  async write(trx: Database, until: Date): Promise<void> {
    const startOf = ({ offset }: PastMail) => this.#calendar.instant(offset, 10)
    for (const mail of this.#mails.filter((one) => startOf(one) <= until)) await this.#send(trx, mail, startOf(mail))
    this.#mails = this.#mails.filter((one) => startOf(one) > until)
  }

  /**
   * Takes off the lists who did not want to get more, or could not, up to an instant.
   *
   * @returns whom that concerns
   */
  async suppress(trx: Database, until: Date): Promise<Pair[]> {
    const due = this.#wishes.filter(({ at }) => at <= until)
    this.#wishes = this.#wishes.filter(({ at }) => at > until)
    await insertRows(
      trx,
      'suppressions',
      ['customer_id', 'provider_id', 'channel', 'reason', 'source', 'address', 'created_at'],
      due.map(({ customer, provider, reason, source, address, at }) => [
        ...[customer, provider, 'email', reason],
        ...[source, address, at],
      ]),
      'ON DUPLICATE KEY UPDATE created_at = suppressions.created_at',
    )
    return due.map(({ customer, provider }) => ({ customerId: customer, providerId: provider }))
  }

  async #send(trx: Database, mail: PastMail, startedAt: Date): Promise<void> {
    const dice = mail.loyalty === undefined ? this.#dice.oneOff : this.#dice.loyalty
    const before = ({ at }: { at: Date }) => at <= startedAt
    const told = await suppressedBy(trx, mail, startedAt)
    const verdicts = this.#histories.flatMap((history, index) => {
      if (!mail.meant(history, mail.offset)) return []
      const off = this.#suppressed.get(index)
      const reason = off !== undefined && before(off) ? off.reason : told.get(customerId(index))
      return [{ index, leftOut: leftOut(history, reason) }]
    })
    const sent = verdicts
      .filter((verdict) => verdict.leftOut === null)
      .map(({ index }, place) => ({
        index,
        ...inventDelivery(dice, this.#histories[index]?.person.email ?? '', startedAt, place),
      }))
    const campaign = await writeCampaign(trx, mail, startedAt, sent)
    await writeAudience(trx, mail, campaign, startedAt, verdicts)
    const [last] = await rows<{ id: number | null }>(trx, 'SELECT MAX(id) AS id FROM deliveries')
    const deliveries = sent.map(({ index, ...delivery }, place): Written => {
      return { ...delivery, id: (last?.id ?? 0) + 1 + place, campaign, customer: customerId(index), mail }
    })
    await writeDeliveries(trx, deliveries)
    await writeRewards(trx, deliveries, this.#calendar)
    for (const { index, badAddress, unsubscribed, address, lastAt: at } of sent) {
      if (badAddress !== null) this.#takeOff(index, { reason: 'bounced', source: badAddress, address, at })
      else if (unsubscribed) {
        this.#takeOff(index, { reason: 'unsubscribed', source: `Campaign “${mail.name}”`, address: null, at })
      }
    }
  }

  #takeOff(index: number, why: Omit<Wish, 'customer' | 'provider'> & { reason: 'unsubscribed' | 'bounced' }): void {
    if (this.#suppressed.has(index)) return
    this.#suppressed.set(index, why)
    this.#wishes.push({ customer: customerId(index), provider: 0, ...why })
  }
}

/** Somebody whom the business, or one provider, shall not write to. */
type Wish = {
  customer: number
  provider: number
  reason: 'unsubscribed' | 'bounced' | 'by_hand'
  source: string
  address: string | null
  at: Date
}

/** Whom nothing is sent to by then, for other reasons than these mails: by our own ids. */
async function suppressedBy(trx: Database, { loyalty }: PastMail, at: Date): Promise<Map<number, string>> {
  const found = await rows<{ customer_id: number; reason: string }>(
    trx,
    `SELECT customer_id, reason FROM suppressions WHERE provider_id IN (0, ?) AND channel = 'email' AND created_at <= ?`,
    [loyalty === undefined ? 0 : providerId(loyalty.provider), at],
  )
  return new Map(found.map((one) => [one.customer_id, one.reason === 'by_hand' ? 'suppressed' : one.reason]))
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
      'unsubscribed_at',
    ],
    deliveries.map((delivery) => [
      delivery.id,
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
      delivery.unsubscribed ? delivery.lastAt : null,
    ]),
  )
  await insertRows(
    trx,
    'delivery_events',
    ['delivery_id', 'type', 'at', 'detail'],
    deliveries.flatMap(({ id, events }) =>
      events.map(({ type, at, detail }) => [id, type, at, detail === null ? null : JSON.stringify(detail)]),
    ),
  )
}

/** What the loyalty mailings brought, usable where they arrived. */
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
    deliveries.flatMap(({ id, mail, campaign, customer, queuedAt, sentAt, bouncedAt }) => {
      if (mail.loyalty === undefined) return []
      const { kind, amount, percent, ceiling, minutes, valid_days: days } = rewardOf(mail.loyalty.reward)
      const period = [days, calendar.day(mail.offset), calendar.day(mail.offset + (days ?? 1) - 1)]
      const became = [sentAt === null ? 'given_back' : 'active', queuedAt, sentAt, sentAt === null ? bouncedAt : null]
      const size = [kind, amount, percent, ceiling, minutes]
      return [[providerId(mail.loyalty.provider), customer, campaign, id, ...size, ...period, ...became]]
    }),
  )
}

const rewardOf = (asked: AskedReward) => checkReward(asked, '2000-01-01')

const criteriaOf = ({ segment, loyalty }: PastMail) =>
  loyalty === undefined ? { segment } : { kind: 'loyalty', segment, provider: providerKey(loyalty.provider) }

/** A few customers whom one provider shall not write to. */
function inventWishes(random: Random, histories: readonly History[], calendar: Calendar): Wish[] {
  const met = histories.flatMap(({ visits }, index) => (visits[0] === undefined ? [] : [{ index, visit: visits[0] }]))
  const asked = new Set(Array.from({ length: 6 }, () => random.pick(met)))
  return [...asked].map(({ index, visit }) => ({
    ...{ customer: customerId(index), provider: providerId(visit.provider) },
    ...{ reason: 'by_hand' as const, source: 'Asked at the front desk', address: null },
    at: calendar.instant(-random.between(3, 60), 15),
  }))
}
