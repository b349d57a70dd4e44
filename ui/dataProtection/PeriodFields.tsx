import { NumberInput, Switch, Text } from '@mantine/core'
import { RETENTION, type RetentionKind } from '../../rules/retention/kinds.ts'
import { useText } from '../shared/useText.tsx'
import { type EnteredPeriod, isAllowed } from './enteredPeriods.ts'
import classes from './Retention.module.css'

type Props = { kind: RetentionKind; entered: EnteredPeriod; onChange: (next: EnteredPeriod) => void }

/** One kind of thing: what goes and what stays, whether it ends, and after how long. */
export function PeriodFields({ kind, entered, onChange }: Props) {
  const text = useText()
  const { unit, min, max, endless } = RETENTION[kind]
  const title = text(`retention.kind.${kind}`)
  const hint = `retention-${kind}`
  return (
    <div className={classes.kind}>
      <div>
        <h3 className={classes.name}>{title}</h3>
        <Text fz="xs" c="dimmed" id={hint}>
          {text(`retention.hint.${kind}`)}
        </Text>
      </div>
      <div className={classes.period}>
        {endless && (
          <Switch
            aria-label={text('retention.has', { kind: title })}
            aria-describedby={hint}
            checked={entered.ends}
            onChange={(event) => onChange({ ...entered, ends: event.currentTarget.checked })}
          />
        )}
        {entered.ends ? (
          <NumberInput
            w={140}
            aria-label={text('retention.after', { kind: title })}
            aria-describedby={hint}
            min={min}
            max={max}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            suffix={text(`retention.${unit}`)}
            value={entered.amount}
            error={isAllowed(kind, entered) ? undefined : text('retention.bounds', { min, max })}
            onChange={(amount) => onChange({ ...entered, amount })}
          />
        ) : (
          <Text fz="sm" c="dimmed">
            {text('retention.forEver')}
          </Text>
        )}
      </div>
    </div>
  )
}
