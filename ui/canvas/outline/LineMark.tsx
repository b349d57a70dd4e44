import { IconCheck, IconX } from '@tabler/icons-react'
import { FormattedMessage } from 'react-intl'
import { SeenValue } from '../../segment/SeenValue.tsx'
import { Instant } from '../../shared/Instant.tsx'
import type { Mark } from './marks.ts'
import classes from './outline.module.css'

type Props = {
  id: string
  /** Of the line as it stands, with its `not`. */
  holds: boolean
  /** The fact of a condition, with what was seen of it; undefined for a group. */
  fact: string | undefined
  seen: Mark | undefined
}

/** Whether a line holds for the customer who is followed, and what was seen. Said with the line's own label. */
export function LineMark({ id, holds, fact, seen }: Props) {
  const Sign = holds ? IconCheck : IconX
  return (
    <span id={id} className={classes.mark} data-holds={holds || undefined} aria-hidden="true">
      <Sign size={14} stroke={2.6} className={classes.markSign} />
      <span className={classes.markWords}>
        <FormattedMessage id={holds ? 'why.holds' : 'why.fails'} tagName="span" />
        {fact !== undefined && seen && (seen.value !== null || !seen.holds) && (
          <SeenValue fact={fact} value={seen.value} />
        )}
        {seen?.until !== undefined && (
          <FormattedMessage id="why.holdsUntil" values={{ until: <Instant at={seen.until} /> }} tagName="span" />
        )}
      </span>
    </span>
  )
}
