import { Group, NumberInput, Select } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { FormattedMessage, useIntl } from 'react-intl'
import type { Report } from '../../../api/contract/reports.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useNow } from '../../shared/useNow.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import type { Compared } from './compared.ts'
import { Part } from './Part.tsx'
import classes from './Report.module.css'

type Shown = NonNullable<Report['holdout']>
type Props = { holdout: Shown; compared: Compared; onCompare: (compared: Compared) => void }

/** What the message changed: those who were to get it beside those who were held out by lot, with what can be said of it. */
export function Holdout({ holdout, compared, onCompare }: Props) {
  const text = useText()
  const intl = useIntl()
  const now = useNow()
  const { recipients, held_out: heldOut, difference, low, high, verdict, until } = holdout
  const share = ({ did, of }: { did: number; of: number }) =>
    intl.formatNumber(of === 0 ? 0 : did / of, { style: 'percent', maximumFractionDigits: 1 })
  const points = (value: number) =>
    intl.formatNumber(value * 100, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).replace('-', '−')
  return (
    <Part
      question={text('report.holdout')}
      aside={
        <Group gap={8}>
          <Select
            size="xs"
            w={130}
            aria-label={text('report.goal')}
            allowDeselect={false}
            value={compared.goal}
            data={[
              { value: 'attended', label: text('report.goal.attended') },
              { value: 'booked', label: text('report.goal.booked') },
            ]}
            onChange={(goal) => onCompare({ ...compared, goal: goal === 'booked' ? 'booked' : 'attended' })}
          />
          <NumberInput
            size="xs"
            w={110}
            aria-label={text('report.goalDays')}
            suffix={` ${text('report.daysUnit', { days: compared.days })}`}
            min={1}
            max={90}
            allowDecimal={false}
            clampBehavior="strict"
            value={compared.days}
            onChange={(days) => typeof days === 'number' && days >= 1 && onCompare({ ...compared, days })}
          />
        </Group>
      }
    >
      <p className={classes.said}>
        <FormattedMessage
          id={compared.goal === 'attended' ? 'report.holdoutAttended' : 'report.holdoutBooked'}
          values={{
            ...richTags,
            days: compared.days,
            share: share(recipients),
            of: recipients.of,
            heldShare: share(heldOut),
            heldOf: heldOut.of,
          }}
        />
      </p>
      <p className={classes.said}>
        <span className={classes.verdict}>{text(`report.verdict.${verdict}`)}</span>{' '}
        {verdict !== 'too_few' &&
          text('report.interval', { difference: points(difference), low: points(low), high: points(high) })}
      </p>
      {verdict !== 'too_few' && <Interval low={low} high={high} difference={difference} />}
      {new Date(until) > now && (
        <p className={classes.note}>
          <FormattedMessage id="report.until" values={{ until: <Instant at={until} /> }} />
        </p>
      )}
    </Part>
  )
}

const HEIGHT = 26

/** The interval on a line with nought; the sentence above says the same. */
function Interval({ low, high, difference }: Pick<Shown, 'low' | 'high' | 'difference'>) {
  const { ref, width } = useElementSize()
  const reach = Math.max(Math.abs(low), Math.abs(high), 0.001) * 1.15
  const x = (value: number) => ((value + reach) / (2 * reach)) * width
  const middle = HEIGHT / 2
  return (
    <div ref={ref} aria-hidden="true">
      <svg width="100%" height={HEIGHT} aria-hidden="true">
        <line x1={0} x2={width} y1={middle} y2={middle} className={classes.grid} />
        <line x1={x(0)} x2={x(0)} y1={0} y2={HEIGHT} className={classes.nought} />
        <line x1={x(low)} x2={x(high)} y1={middle} y2={middle} className={classes.interval} />
        {[low, high].map((end) => (
          <line key={end} x1={x(end)} x2={x(end)} y1={middle - 5} y2={middle + 5} className={classes.interval} />
        ))}
        <circle cx={x(difference)} cy={middle} r={5} className={classes.point} />
      </svg>
    </div>
  )
}
