import { Text } from '@mantine/core'
import { Count } from '../../shared/Count.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './panel.module.css'

type Props = {
  members: number
  /** What the rule on the canvas catches; undefined while the first answer is on its way. */
  count: number | undefined
  stale: boolean
  changed: boolean
  /** The rule has mistakes: it can't be counted. */
  wrong: boolean
  recomputing: boolean
  /** Why the numbers could not be asked for. */
  failure: unknown
}

/** How many are in the segment now, and how many the rule on the canvas would make of it. */
export function IfSavedNow({ members, count, stale, changed, wrong, recomputing, failure }: Props) {
  const text = useText()
  const problemText = useProblemText()
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
      {failure !== null && !wrong ? (
        <Text fz="xs" c="var(--mantine-color-error)" mt={8} role="alert">
          {problemText(failure)}
        </Text>
      ) : (
        <Text fz="xs" c="dimmed" mt={8}>
          {text(`canvas.saved.${hint}`)}
        </Text>
      )}
    </section>
  )
}
