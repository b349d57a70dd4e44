import { useText } from '../shared/useText.tsx'
import { useWeekday } from '../shared/useWeekday.ts'

/** Why a mailing came to nothing, in the reader's language; what has no code of ours, in the words that came. */
export function useFailure(): (failure: string) => string {
  const text = useText()
  const weekday = useWeekday()
  return (failure) => {
    const code = failure.split(':', 1)[0] ?? ''
    const more = failure.slice(code.length + 1).trim()
    if (code === 'week_taken') return text('failure.week_taken', { day: weekday(more) })
    if (code === 'no_segment' || code === 'no_provider') return text(`failure.${code}`)
    if (code !== 'no_channel') return failure
    const channel = more === 'sms' || more === 'push' ? more : 'email'
    return text('failure.no_channel', { channel: text(`channel.${channel}`) })
  }
}
