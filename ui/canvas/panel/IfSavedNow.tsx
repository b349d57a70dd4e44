import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../../api/contract/segments.ts'
import type { Rule } from '../../../rules/rule.ts'
import { Backtest } from '../../backtest/Backtest.tsx'
import { Forecast } from '../../backtest/Forecast.tsx'
import { comparisonQuery } from '../../client/versions.ts'
import { Count } from '../../shared/Count.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import classes from './panel.module.css'

/** Who would enter and leave is asked for when the rule has rested this long, in milliseconds. */
const REST = 600

type Props = {
  segment: Segment
  rule: Rule
  /** What the rule on the canvas catches; undefined while the first answer is on its way. */
  count: number | undefined
  stale: boolean
  changed: boolean
  /** The rule has mistakes: it can't be counted. */
  wrong: boolean
  /** Why the numbers could not be asked for. */
  failure: unknown
}

/** How many are in the segment now, and how many the rule on the canvas would make of it. */
export function IfSavedNow({ segment, rule, count, stale, changed, wrong, failure }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const { members, recomputing } = segment
  const hint = recomputing ? 'recomputing' : wrong ? 'wrong' : changed ? 'changed' : 'same'
  const difference = count === undefined ? 0 : count - members
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{text('canvas.saved')}</h2>
      <dl className={classes.figures} aria-live="polite" aria-busy={stale}>
        <div>
          <dt>{text('canvas.saved.now')}</dt>
          <dd>
            <Count value={members} />
          </dd>
        </div>
        <div>
          <dt>{text('canvas.saved.then')}</dt>
          <dd data-stale={stale || undefined}>{count === undefined ? '…' : <Count value={count} />}</dd>
        </div>
        <div>
          <dt>{text('canvas.saved.change')}</dt>
          <dd
            data-stale={stale || undefined}
            className={difference > 0 ? classes.up : difference < 0 ? classes.down : undefined}
          >
            {count === undefined ? '…' : <Count value={difference} signed />}
          </dd>
        </div>
      </dl>
      {changed && !wrong && segment.id !== '' && <InAndOut segment={segment} rule={rule} />}
      {failure !== null && !wrong ? (
        <Text fz="xs" c="var(--mantine-color-error)" mt={8} role="alert">
          {problemText(failure)}
        </Text>
      ) : (
        <Text fz="xs" c="dimmed" mt={8}>
          {text(`canvas.saved.${hint}`)}
        </Text>
      )}
      {segment.id !== '' && !changed && <Forecast segment={segment} />}
      <Backtest rule={rule} scope={segment.scope} wrong={wrong} {...(segment.id === '' ? {} : { segment })} />
    </section>
  )
}

/** How many would enter and leave; of the rule before while the numbers of the new one are on their way. */
function InAndOut({ segment, rule }: Pick<Props, 'segment' | 'rule'>) {
  const [resting] = useDebouncedValue(rule, REST)
  const query = comparisonQuery(segment, segment.rule as Rule, resting)
  const { data } = useQuery({ ...query, placeholderData: keepPreviousData })
  if (data === undefined) return null
  return (
    <Text fz="sm" mt={6} className="numbers">
      <FormattedMessage id="version.entered" values={{ ...richTags, count: data.entered }} />
      {' · '}
      <FormattedMessage id="version.left" values={{ ...richTags, count: data.left }} />
    </Text>
  )
}
