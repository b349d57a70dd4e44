import { yesIs } from '../compare.ts'
import type { NaiveAnswer, NaiveDelivery, NaivePerson, NaiveRule, NaiveSuppression } from '../things.ts'
import { isWithin, type NaiveMoment } from '../time.ts'

const CHANNELS = ['email', 'sms', 'push']
type Step = 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced'

/** Whether a message that is meant reached a step (within a time); a test to somebody's own address is none. */
export function deliveryIs(deliveries: readonly NaiveDelivery[], rule: NaiveRule, moment: NaiveMoment): boolean {
  const is = String(rule.is)
  const step = is.replace('not_', '') as Step
  const reached = deliveries.some((one) => {
    const at = one[step]
    return (
      !one.test &&
      at !== null &&
      isWithin(at, rule.within, moment) &&
      (['campaign', 'template', 'automation', 'channel'] as const).every(
        (parameter) => rule[parameter] === undefined || one[parameter] === rule[parameter],
      )
    )
  })
  return reached !== is.startsWith('not_')
}

/** Whether an answer that stands was given (within a time), and is one of those asked for. */
export function surveyAnswerIs(answers: readonly NaiveAnswer[], rule: NaiveRule, moment: NaiveMoment): boolean {
  const asked = rule.value as readonly string[] | undefined
  const given = answers.some(
    ({ survey, answer, at, replaced }) =>
      survey === rule.survey &&
      replaced === null &&
      isWithin(at, rule.within, moment) &&
      (asked === undefined || asked.includes(answer)),
  )
  return given === (rule.is === 'any_of' || rule.is === 'set')
}

/**
 * Those of the whole business, and in a provider's segment those of this provider. Who does without one kind of mail gets
 * the others, and counts as anybody else.
 */
const heeded = ({ suppressions }: NaivePerson, provider: number | null): NaiveSuppression[] =>
  suppressions.filter((one) => one.kind === 'all' && (one.provider === null || one.provider === provider))

/** An address that bounced is no wish of the customer's. */
export function unsubscribedIs(person: NaivePerson, rule: NaiveRule, provider: number | null): boolean {
  const wishes = heeded(person, provider).filter(
    ({ reason, channel }) => reason !== 'bounced' && (rule.channel === undefined || channel === rule.channel),
  )
  return yesIs(wishes.length > 0, rule)
}

/** Has an address, has consented, is not suppressed: on the channel asked for, else on any. */
export function reachableIs(person: NaivePerson, rule: NaiveRule, provider: number | null): boolean {
  const asked = rule.channel === undefined ? CHANNELS : [String(rule.channel)]
  return yesIs(
    asked.some((channel) => isReachableOn(channel, person, provider)),
    rule,
  )
}

function isReachableOn(channel: string, person: NaivePerson, provider: number | null): boolean {
  const { consents, email, phone } = person.customer
  if (consents[channel] !== true) return false
  const address = channel === 'email' ? email : phone
  if (channel !== 'push' && address === null) return false
  return !heeded(person, provider).some((one) => {
    if (one.channel !== channel) return false
    // what bounced was an address: another one may be written to
    return one.reason !== 'bounced' || one.address === null || channel === 'push' || one.address === address
  })
}
