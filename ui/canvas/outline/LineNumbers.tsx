import type { ReactNode } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Path } from '../../../rules/rule.ts'
import { CountText } from '../rule/CountText.tsx'
import classes from './outline.module.css'

const COLUMNS = ['in', 'yes', 'no'] as const

/** Words that the heads of the columns say where there are columns. */
const unit = (parts: ReactNode[]): ReactNode => <span className={classes.unit}>{parts}</span>

/** How many arrive, pass and are out; in words where the room is narrow. Said with the line's own label. */
export function LineNumbers({ path }: { path: Path }) {
  return (
    <span className={classes.numbers} aria-hidden="true">
      {COLUMNS.map((of) => (
        <span key={of} className={classes.number} data-of={of}>
          <FormattedMessage id={`outline.numbers.${of}`} values={{ count: <CountText of={{ path, of }} />, unit }} />
        </span>
      ))}
    </span>
  )
}

/** What the columns of numbers are, over them. */
export function NumberHeads() {
  return (
    <div className={classes.heads} aria-hidden="true">
      {COLUMNS.map((of) => (
        <span key={of} className={classes.head}>
          <FormattedMessage id={`outline.head.${of}`} />
        </span>
      ))}
    </div>
  )
}
