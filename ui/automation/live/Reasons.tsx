import { UnstyledButton } from '@mantine/core'
import { Count } from '../../shared/Count.tsx'
import classes from './live.module.css'

export type Reason = { readonly key: string; readonly label: string; readonly count: number }

type Props = {
  label: string
  reasons: readonly Reason[]
  /** Which of them is shown; null for all. */
  picked: string | null
  onPick: (key: string | null) => void
}

/** A number each by its reason; pressed, only those are shown. */
export function Reasons({ label, reasons, picked, onPick }: Props) {
  if (reasons.length === 0) return null
  return (
    <ul className={classes.reasons} aria-label={label}>
      {reasons.map(({ key, label: said, count }) => (
        <li key={key}>
          <UnstyledButton
            className={classes.reason ?? ''}
            aria-pressed={picked === key}
            onClick={() => onPick(picked === key ? null : key)}
          >
            <span className={classes.said}>{said}</span>
            <Count value={count} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
