import type { Gift, Step } from '../../rules/automations/automation.ts'
import { composeMessage } from '../campaigns/composeMessage.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { insertRows } from '../insertRows.ts'
import { compileLiquid } from '../messages/liquid.ts'
import { subjectLiquid } from '../messages/subject.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Version } from './definition.ts'

/**
 * The campaign whose messages are those of a step that sends, one for each provider. Made when the first message goes: with
 * the version of the template that is published then, which it keeps.
 *
 * @returns its id
 * @throws Problem `invalid` when the template can't be sent as it is
 */
export async function stepCampaign(
  trx: Database,
  version: Version,
  step: Extract<Step, { send: unknown }>,
  providerId: number,
  now: Date,
): Promise<number> {
  const { automationId, version: number } = version
  const find = () =>
    rows<{ id: number }>(
      trx,
      `SELECT id FROM campaigns WHERE automation_id = ? AND automation_version = ? AND step = ? AND provider_id = ?`,
      [automationId, number, step.id, providerId],
    )
  const [found] = await find()
  if (found !== undefined) return found.id
  const { channel, reward, ...written } = step.send
  const settings = await readSettings(trx)
  const message = await composeMessage(trx, written, settings, channel)
  const made = await execute(
    trx,
    `INSERT IGNORE INTO campaigns (name, kind, channel, state, provider_id, criteria, subject, document, html, text,
       template_id, template_version, reward, seed, holdout, automation_id, automation_version, step, created_at,
       started_at)
     VALUES (?, 'automation', ?, 'sending', ?, '{}', ?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?, ?, ?, ?)`,
    [
      ...[`${version.name}: ${readSubject(message.subject, settings.name)}`.slice(0, 200), channel, providerId],
      ...[message.subject, JSON.stringify(message.document), message.html, message.text],
      ...[message.template?.id ?? null, message.template?.version ?? null],
      reward === undefined ? null : JSON.stringify(await ownedReward(trx, reward)),
      ...[automationId, number, step.id, now, now],
    ],
  )
  const [campaign] = await find()
  if (campaign === undefined) throw new Problem('invalid', `The step ${step.id} has no messages`)
  // of two that make it at once, one stores what belongs to it
  if (made > 0) await storeParts(trx, campaign.id, message)
  return campaign.id
}

/** A subject as it reads to nobody in particular: merge tags are their fallbacks. */
const readSubject = (subject: string, business: string): string =>
  compileLiquid(
    subjectLiquid(subject),
    'text',
  )({ customer: {}, business: { name: business } })
    .replace(/\s+/g, ' ')
    .trim()

/** A reward as a campaign keeps it, with whose it is where that is not the one's who writes. */
async function ownedReward(db: Database, gift: Gift) {
  const provider = await providerOfGift(db, gift)
  return { ...rewardOf(gift), ...(provider === null ? {} : { provider_id: provider }) }
}

type Message = Awaited<ReturnType<typeof composeMessage>>

async function storeParts(trx: Database, campaign: number, { links, answers }: Message): Promise<void> {
  await insertRows(
    trx,
    'campaign_links',
    ['campaign_id', 'position', 'url'],
    links.map((url, position) => [campaign, position, url]),
  )
  await insertRows(
    trx,
    'campaign_answers',
    ['campaign_id', 'position', 'survey', 'question', 'answer', 'label'],
    answers.map((one, position) => [campaign, position, one.survey, one.question, one.answer, one.label]),
  )
}

/** A reward as it is kept: its days are counted from the day on which it is given. */
export function rewardOf(gift: Gift) {
  const nothing = { amount: null, percent: null, ceiling: null, minutes: null }
  const period = { valid_from: null, valid_to: null, valid_days: gift.days }
  if (gift.kind === 'free_minutes') return { kind: gift.kind, ...nothing, minutes: gift.minutes, ...period }
  const size = 'percent' in gift ? { percent: gift.percent, ceiling: gift.ceiling ?? null } : { amount: gift.amount }
  return { kind: gift.kind, ...nothing, ...size, ...period }
}

/**
 * Whose reward it is, by our own id: the provider that the gift names, else the one that the automation is for.
 *
 * @throws Problem `invalid` when there is no such provider
 */
export async function providerOfGift(db: Database, gift: Gift): Promise<number | null> {
  if (gift.provider === undefined) return null
  const [found] = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ? AND known = 1', [
    gift.provider,
  ])
  if (found === undefined) throw new Problem('invalid', `There is no provider ${gift.provider}`)
  return found.id
}
