import { IconFlag, IconPlus } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useIntl } from 'react-intl'
import { CanvasCard } from '../../canvas/flow/CanvasCard.tsx'
import { useStoreValue } from '../../canvas/flow/store.ts'
import signs from '../../canvas/rule/cards/cards.module.css'
import type { Kind } from '../../canvas/rule/kinds.ts'
import { useText } from '../../shared/useText.tsx'
import { useAutomationView, useRemark, useTraced } from '../automationView.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './cards.module.css'
import type { CardWords } from './cardWords.ts'
import { GOAL, UNLESS, WHEN } from './kinds.ts'
import { Sentence, saidBy } from './Sentence.tsx'
import { Remarked } from './StepCard.tsx'

type Data = CardWords & Record<string, unknown>

/** Who enters, and how often. */
export const WhenCard = memo(function WhenCard({ id, data }: NodeProps) {
  const { formatNumber } = useIntl()
  const text = useText()
  const entered = useStoreValue(useAutomationView().numbers, (numbers) => numbers.entered)
  const figure = entered === undefined ? '' : `${formatNumber(entered)} ${text('automation.entered.word')}`
  return <HeadCard id={id} words={data as Data} kind={WHEN} figure={figure} />
})

/** Who leaves at once, wherever they are. */
export const UnlessCard = memo(function UnlessCard({ id, data }: NodeProps) {
  return <HeadCard id={id} words={data as Data} kind={UNLESS} figure="" />
})

/** What all of it is for. */
export const GoalCard = memo(function GoalCard({ id, data }: NodeProps) {
  const { formatNumber } = useIntl()
  const text = useText()
  const label = text('automation.end.goal')
  const reached = useStoreValue(
    useAutomationView().numbers,
    ({ ends }) => ends.find((end) => end.label === label)?.count,
  )
  const figure = reached === undefined ? '' : `${formatNumber(reached)} ${text('automation.goal.word')}`
  return <HeadCard id={id} words={data as Data} kind={GOAL} figure={figure} />
})

function HeadCard({ id, words, kind, figure }: { id: string; words: Data; kind: Kind; figure: string }) {
  const text = useText()
  const { isReadOnly } = useAutomationView()
  const remark = useRemark(id)
  const traced = useTraced({ step: null })
  const isEmpty = words.runs.length === 0
  const offer = id === 'goal:' ? text('automation.goal.none') : text('automation.unless.none')
  const Sign = isEmpty ? IconPlus : kind.icon
  const small = [words.small, figure].filter((part) => part !== undefined && part !== '')
  const label = [
    isEmpty ? offer : saidBy(words),
    ...small,
    remark?.message,
    text(isReadOnly ? 'automation.card.look' : 'canvas.card.edit'),
  ].flatMap((part) => part?.replace(/\.$/, '') || [])
  return (
    <>
      <CanvasCard
        id={id}
        label={label.join('. ')}
        inverted={isEmpty}
        traced={traced && id === 'when:'}
        problem={remark?.level === 'error'}
        warning={remark?.level === 'warning'}
      >
        <span className={classes.words}>
          <span className={`${signs.icon} ${signs[isEmpty ? 'gray' : kind.hue]}`} aria-hidden="true">
            <Sign size={15} stroke={1.8} />
          </span>
          {isEmpty ? <span className={classes.quiet}>{offer}</span> : <Sentence words={words} />}
        </span>
        <span className={classes.foot} data-detail title={words.small}>
          {remark === undefined ? (
            <>
              <span className={classes.ends}>{words.small}</span>
              <span className={classes.figures}>{figure}</span>
            </>
          ) : (
            <Remarked level={remark.level} message={remark.message} />
          )}
        </span>
      </CanvasCard>
      <ChangeMark card={id} />
    </>
  )
}

/** Where all who come through end, with what came of everybody. */
export const EndCard = memo(function EndCard({ id }: NodeProps) {
  const text = useText()
  const { formatNumber } = useIntl()
  const ends = useStoreValue(useAutomationView().numbers, (numbers) => numbers.ends)
  const traced = useStoreValue(useAutomationView().way, (way) => way?.ended ?? false)
  const said = ends.filter(({ count }) => count > 0).map(({ label, count }) => `${formatNumber(count)} ${label}`)
  return (
    <CanvasCard id={id} label={[text('automation.end'), ...said].join(', ')} traced={traced}>
      <span className={classes.end}>
        <span className={`${signs.icon} ${signs.green}`} aria-hidden="true">
          <IconFlag size={15} stroke={1.8} />
        </span>
        <span className={classes.sentence}>
          {text('automation.end')}
          {said.length > 0 && (
            <div className={classes.ends} title={said.join(' · ')}>
              {said.join(' · ')}
            </div>
          )}
        </span>
      </span>
    </CanvasCard>
  )
})
