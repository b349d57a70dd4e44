import type { CountRef } from '../layout/ruleFlow.ts'
import classes from './cards/cards.module.css'
import { useCount, useStale } from './ruleView.ts'
import { useCountWords } from './useCountWords.ts'

/** A number of the preview; grey while stale. */
export function CountText({ of: ref }: { of: CountRef }) {
  const count = useCount(ref)
  const stale = useStale()
  const said = useCountWords()
  return (
    <span className={classes.count} data-stale={stale || undefined}>
      {said(count)}
    </span>
  )
}
