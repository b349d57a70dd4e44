import { useIntl } from 'react-intl'
import { useEstimated } from './ruleView.ts'

/** How numbers of the preview are written: with “≈” when they are estimated, as dots until they are known. */
export function useCountWords(): (count: number | undefined) => string {
  const { formatNumber } = useIntl()
  const estimated = useEstimated()
  return (count) => (count === undefined ? '…' : `${estimated ? '≈ ' : ''}${formatNumber(count)}`)
}
