import { useIntl } from 'react-intl'
import type { CountRef } from '../layout/ruleFlow.ts'
import classes from './cards/cards.module.css'
import { useCount, useStale } from './ruleView.ts'

/** A number of the preview; grey while stale, dots until there is one. */
export function CountText({ of: ref }: { of: CountRef }) {
  const count = useCount(ref)
  const stale = useStale()
  const intl = useIntl()
  return (
    <span className={classes.count} data-stale={stale || undefined}>
      {count === undefined ? '…' : intl.formatNumber(count)}
    </span>
  )
}
