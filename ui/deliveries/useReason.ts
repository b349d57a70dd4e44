import { leftOutReason } from '../../api/contract/campaigns.ts'
import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'

const OTHERS: ReadonlyMap<string, MessageId> = new Map([
  ['complained', 'reason.complained'],
  ['by_hand', 'reason.by_hand'],
  ['quiet_hours', 'reason.quiet_hours'],
  ['frequency_cap', 'reason.frequency_cap'],
  ['rate_limit', 'reason.rate_limit'],
  ['reward_expired', 'reason.reward_expired'],
  ['left_automation', 'reason.left_automation'],
  ['campaign_cancelled', 'reason.campaign_cancelled'],
  ['taken_out', 'reason.taken_out'],
])

/** What we say ourselves, before the words of others. */
const LED: ReadonlyMap<string, MessageId> = new Map([
  ['not_reached', 'reason.not_reached'],
  ['not_secure', 'reason.not_secure'],
  ['no_login', 'reason.no_login'],
  ['handed_over', 'reason.handed_over'],
  ['interrupted', 'reason.interrupted'],
  ['not_made', 'reason.not_made'],
  ['no_channel', 'reason.no_channel'],
])

/** A reason in words: our own codes in the reader's language, the words of a mail server as they came. */
export function useReason(): (reason: string) => string {
  const text = useText()
  return (reason) => {
    const [code = ''] = reason.split(':', 1)
    const led = LED.get(code)
    if (led) return `${text(led)}${reason.slice(code.length)}`
    const known = leftOutReason.safeParse(reason).data
    if (known) return text(`reason.${known}`)
    const other = OTHERS.get(reason)
    return other ? text(other) : reason
  }
}
