import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { useMoney } from '../shared/useMoney.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { isShipped } from '../statuses/statusDraft.ts'

/** Notes say themselves what they say, and steps what their automation says of them. */
export type ToldEntry = Exclude<TimelineEntry, { kind: 'note' | 'step' }>
type Told = ToldEntry

/** An entry of the timeline in words, and what is said beside it: by whom, why, with whom. */
export function useEntryWords(): (entry: Told) => { said: string; aside: string[] } {
  const text = useText()
  const { format } = useMoney()
  const { nameOf } = useSegmentWords()
  const { sizeOf } = useRewardWords()
  const statusAside = (entry: Told & { kind: 'status' }): string => {
    if (entry.automation !== null) return text('timeline.automation')
    if (entry.by !== null) return text('timeline.by', { who: entry.by })
    if (entry.rule !== null && isShipped(entry.rule)) return text(`statuses.rule.${entry.rule}`)
    return ''
  }
  const say = (entry: Told): { said: string; aside: string[] } => {
    switch (entry.kind) {
      case 'status': {
        const said = text('timeline.status', { from: text(`status.${entry.from}`), to: text(`status.${entry.to}`) })
        return { said, aside: [statusAside(entry), text(`history.cause.${entry.cause}`)] }
      }
      case 'segment': {
        const segment = nameOf({ id: entry.segment, name: entry.name })
        const said = text(entry.entered ? 'timeline.entered' : 'timeline.left', { segment })
        return { said, aside: [text(`history.cause.${entry.cause}`)] }
      }
      case 'delivery':
        return { said: text('timeline.delivery', { name: entry.name }), aside: [text(`channel.${entry.channel}`)] }
      case 'merge': {
        const by = entry.by === null ? '' : text('timeline.by', { who: entry.by })
        return { said: text('timeline.merge', { went: entry.went }), aside: [by] }
      }
      case 'reward': {
        const by = entry.by === null ? '' : text('timeline.by', { who: entry.by })
        return { said: text('timeline.reward', { reward: sizeOf({ ...entry, kind: entry.form }) }), aside: [by] }
      }
      case 'redemption': {
        const { booking, discount, taken_back: takenBack } = entry
        const said = text('timeline.redemption', { booking, amount: format(discount) })
        return { said, aside: [takenBack === 'yes' ? text('timeline.takenBack') : ''] }
      }
      case 'expiry': {
        const reward = sizeOf({ ...entry, kind: entry.form })
        return { said: text(`timeline.expiry.${entry.why}`, { reward }), aside: [] }
      }
      case 'enrolment':
        return {
          said: text('timeline.enrolment', { name: entry.name }),
          aside: [text(`history.cause.${entry.cause}`)],
        }
      case 'ending': {
        const state = text(`automation.end.${entry.state}`)
        const { reason } = entry
        const isOurs = reason === 'by_hand' || reason === 'new_version' || reason === 'merged'
        return {
          said: text('timeline.ending', { name: entry.name, state }),
          aside: [isOurs ? text(`automation.left.${reason}`) : ''],
        }
      }
      case 'review':
        return { said: text('timeline.review', { rating: entry.rating }), aside: [] }
      case 'payment':
        return { said: text('timeline.payment', { amount: format(entry.amount) }), aside: [] }
      case 'interaction':
        return { said: text(`timeline.${entry.direction}`), aside: [] }
      case 'booking': {
        const service = entry.service ?? text('timeline.someService')
        return { said: text(`timeline.booking.${entry.state}`, { service }), aside: [] }
      }
    }
  }
  return (entry) => {
    const { said, aside } = say(entry)
    const whom = entry.provider === null ? '' : text('timeline.with', { provider: entry.provider })
    return { said, aside: [whom, ...aside].filter((words) => words !== '') }
  }
}
