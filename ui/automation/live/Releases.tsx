import { SegmentedControl, Text } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useIntl } from 'react-intl'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './live.module.css'

type StepNow = AutomationSteps['steps'][number]
const BY = ['hours', 'days'] as const
type By = (typeof BY)[number]

/** When those who wait at a step go on by themselves: the first of them, and how many in each of the coming hours and days. */
export function Releases({ numbers }: { numbers: StepNow }) {
  const text = useText()
  const { formatDate, formatNumber } = useIntl()
  const { next_release: next, releases, release_days: days, released_later: later } = numbers
  const [by, setBy] = useState<By>(releases.length > 0 ? 'hours' : 'days')
  if (next === null) return null
  const rows =
    by === 'hours'
      ? releases.map(({ at, count }) => ({
          key: at,
          label: formatDate(at, { weekday: 'short', hour: 'numeric', minute: '2-digit' }),
          count,
        }))
      : days.map(({ day, count }) => ({
          key: day,
          label: formatDate(`${day}T00:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
          count,
        }))
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <div style={{ marginBottom: 10 }}>
      <Text fz="sm" className="numbers">
        {text('automation.next')} <Instant at={next} time />
      </Text>
      <SegmentedControl<By>
        size="xs"
        mt={6}
        aria-label={text('automation.releases')}
        value={by}
        data={BY.map((value) => ({ value, label: text(`automation.releases.${value}`) }))}
        onChange={setBy}
      />
      {rows.length === 0 ? (
        <Text fz="xs" c="dimmed" mt={6}>
          {text(`automation.releases.none.${by}`)}
        </Text>
      ) : (
        <dl className={classes.releases}>
          {rows.map(({ key, label, count }) => (
            <Fragment key={key}>
              <dt className="numbers">{label}</dt>
              <dd>
                <span>
                  <span
                    className={classes.bar}
                    style={{ display: 'block', width: `${(count / most) * 100}%`, minWidth: 3 }}
                  />
                </span>
                <span className="numbers">{formatNumber(count)}</span>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
      {by === 'days' && later > 0 && (
        <Text fz="xs" c="dimmed" mt={4} className="numbers">
          {text('automation.releases.later', { count: later })}
        </Text>
      )}
    </div>
  )
}
