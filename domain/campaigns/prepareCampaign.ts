import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { AskedReward } from '../rewards/reward.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type AbTest, type Choices, readChoices, type SomeChoices } from './choices.ts'
import { composeMessage, composeSecond, type Message } from './composeMessage.ts'
import { countVerdicts, type Expected } from './countVerdicts.ts'
import { type Criteria, resolveCriteria } from './criteria.ts'
import { checkOrder } from './loyalty/checkOrder.ts'
import type { Clientele } from './loyalty/slots.ts'
import type { Written } from './written.ts'

/** A campaign as its maker orders it. */
export type Order = SomeChoices & {
  name?: string | undefined
  criteria: Criteria
  content: Written
  /** What each recipient gets from the provider. */
  reward?: AskedReward | undefined
}

/** An order that was looked at: nothing in it is unknown or forbidden, and how many it goes to was counted. */
export type Prepared = {
  columns: Record<string, unknown>
  choices: Choices
  message: Message
  second: Message | null
  expected: Expected
  /** Whose slot of a week it takes, and the instant that lies in the week; null for one that is no loyalty mailing. */
  slot: { clientele: Clientele; sendsAt: Date } | null
  needsApproval: boolean
}

/**
 * Checks an order, compiles its messages and counts who would get them.
 *
 * @throws Problem `invalid` with the path of each mistake in content, criteria, reward or choices; `conflict` when the week
 *   has its loyalty mailing already
 */
export async function prepareCampaign(db: Database, order: Order, now: Date): Promise<Prepared> {
  const { name, criteria, content } = order
  const choices = readChoices(order, now)
  const settings = await readSettings(db)
  const message = await composeMessage(db, content, settings, criteria.channel)
  const second = choices.abTest === null ? null : await composeSecond(db, choices.abTest, content, settings)
  const audience = await resolveCriteria(db, criteria)
  const later = choices.sendAt !== null && choices.sendAt > now ? choices.sendAt : null
  const sendsAt = later ?? now
  const { clientele, reward } = await checkOrder(db, order.reward, { criteria, audience, sendsAt })
  const expected = await countVerdicts(db, audience, choices)
  return {
    choices,
    message,
    second,
    expected,
    slot: clientele === null ? null : { clientele, sendsAt },
    needsApproval: settings.approvalAbove !== null && expected.total > settings.approvalAbove,
    columns: {
      name: name || message.subject.slice(0, 200),
      kind: audience.kind,
      channel: audience.channel,
      provider_id: audience.providerId,
      segment_id: 'segmentId' in audience.source ? audience.source.segmentId : null,
      criteria: JSON.stringify(criteria),
      subject: message.subject,
      document: JSON.stringify(message.document),
      html: message.html,
      text: message.text,
      send_at: later,
      reward: reward === null ? null : JSON.stringify(reward),
      template_id: message.template?.id ?? null,
      template_version: message.template?.version ?? null,
      spread_minutes: choices.spreadMinutes,
      seed: choices.seed,
      holdout: choices.holdout,
      ab_test: choices.abTest === null ? null : JSON.stringify(comparison(choices.abTest)),
      expected: JSON.stringify(expected),
      expected_at: now,
    },
  }
}

const comparison = ({ share, decide, after_minutes }: AbTest): AbTest => ({ share, decide, after_minutes })

/** The state that a prepared campaign begins in. */
export const firstState = ({ needsApproval, columns }: Prepared): 'awaiting_approval' | 'scheduled' | 'preparing' => {
  if (needsApproval) return 'awaiting_approval'
  return columns.send_at === null ? 'preparing' : 'scheduled'
}

/** Stores what belongs to the messages of a campaign, in place of what was there. */
export async function storeMessages(trx: Database, campaign: number, { message, second }: Prepared): Promise<void> {
  await execute(trx, 'DELETE FROM campaign_links WHERE campaign_id = ?', [campaign])
  await execute(trx, 'DELETE FROM campaign_answers WHERE campaign_id = ?', [campaign])
  await execute(trx, 'DELETE FROM campaign_variants WHERE campaign_id = ?', [campaign])
  const links = [...message.links, ...(second?.links ?? [])]
  await insertRows(
    trx,
    'campaign_links',
    ['campaign_id', 'position', 'url'],
    links.map((url, position) => [campaign, position, url]),
  )
  const answers = [...message.answers, ...(second?.answers ?? [])]
  await insertRows(
    trx,
    'campaign_answers',
    ['campaign_id', 'position', 'survey', 'question', 'answer', 'label'],
    answers.map(({ survey, question, answer, label }, position) => [
      campaign,
      position,
      survey,
      question,
      answer,
      label,
    ]),
  )
  if (second === null) return
  await trx('campaign_variants').insert({
    campaign_id: campaign,
    variant: 'b',
    subject: second.subject,
    document: JSON.stringify(second.document),
    html: second.html,
    text: second.text,
    first_link: message.links.length,
    first_answer: message.answers.length,
    template_id: second.template?.id ?? null,
    template_version: second.template?.version ?? null,
  })
}
