import type { Automation, Gift } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import { type Database, rows } from '../../database.ts'
import { checkReward } from '../../rewards/checkReward.ts'
import type { AskedReward } from '../../rewards/reward.ts'
import { rewardLiability } from '../../rewards/rewardLiability.ts'
import type { Moment } from '../../segments/moment.ts'

/** A gift as rewards are asked for. */
function askedFor(gift: Gift): AskedReward {
  const period = { valid_days: gift.days }
  if (gift.kind === 'free_minutes') return { kind: 'free_minutes', minutes: gift.minutes, ...period }
  if ('amount' in gift) return { kind: 'voucher', amount: gift.amount, ...period }
  const { percent, ceiling } = gift
  return { kind: 'voucher', percent, ...(ceiling === undefined ? {} : { ceiling }), ...period }
}

/** What the gifts of an automation cost at most, one by one, in minor units; null where nothing says it. */
export class GiftCosts {
  readonly #db: Database
  readonly #moment: Moment
  readonly #gifts: ReadonlyMap<string, Gift>
  readonly #known = new Map<string, number | null>()

  constructor(db: Database, automation: Automation, moment: Moment) {
    this.#db = db
    this.#moment = moment
    this.#gifts = new Map(
      stepsOf(automation).flatMap(({ step }) => {
        const gift = 'give' in step ? step.give : 'send' in step ? step.send.reward : undefined
        return gift === undefined ? [] : [[step.id, gift] as const]
      }),
    )
  }

  /** The steps that give something. */
  get steps(): string[] {
    return [...this.#gifts.keys()]
  }

  /** What the gift of a step costs at most. @param providerId whose it is, where the step does not say it */
  async of(step: string, providerId: number): Promise<number | null> {
    const gift = this.#gifts.get(step)
    if (gift === undefined) return 0
    const key = `${step} ${gift.provider === undefined ? providerId : ''}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const whose = gift.provider === undefined ? providerId : await this.#idOf(gift.provider)
    const reward = checkReward(askedFor(gift), this.#moment.today)
    const { most } = await rewardLiability(this.#db, { reward, providerId: whose, recipients: 1 }, this.#moment)
    this.#known.set(key, most)
    return most
  }

  async #idOf(provider: string): Promise<number> {
    const sql = 'SELECT id FROM providers WHERE external_id = ?'
    const [row] = await rows<{ id: number }>(this.#db, sql, [provider])
    return row?.id ?? 0
  }
}
