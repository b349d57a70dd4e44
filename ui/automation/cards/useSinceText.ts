import { useCallback } from 'react'
import { useIntl } from 'react-intl'
import type { Since } from '../../../rules/automations/sinceEntry.ts'
import { useText } from '../../shared/useText.tsx'

const UNITS = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const

/** When somebody comes to a step, in words: “at once”, “after 7 days”, “after 3 to 10 days”. */
export function useSinceText(): (since: Since) => string {
  const text = useText()
  const { formatNumber } = useIntl()
  return useCallback(
    ({ least, most }) => {
      const span = (minutes: number): string => {
        const [unit, size] = UNITS.find(([, size]) => minutes >= size && minutes % (size / 2) === 0) ?? UNITS[2]
        return formatNumber(minutes / size, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 })
      }
      if (most === 0) return text('automation.since.once')
      if (most === null) return text('automation.since.later', { from: span(least) })
      if (least === most) return text('automation.since.after', { from: span(least) })
      if (least === 0) return text('automation.since.within', { to: span(most) })
      return text('automation.since.between', { from: span(least), to: span(most) })
    },
    [text, formatNumber],
  )
}
