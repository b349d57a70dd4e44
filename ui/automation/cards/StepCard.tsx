import { IconAlertCircle, IconAlertTriangle, IconClockPause } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useIntl } from 'react-intl'
import { CanvasCard } from '../../canvas/flow/CanvasCard.tsx'
import signs from '../../canvas/rule/cards/cards.module.css'
import { useText } from '../../shared/useText.tsx'
import { useAutomationView, useRemark, useStepNumbers, useTraced } from '../automationView.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './cards.module.css'
import type { CardWords } from './cardWords.ts'
import { signOf } from './kinds.ts'
import { Sentence, saidBy } from './Sentence.tsx'
import { stepsIn } from './stepsIn.ts'
import { useSinceText } from './useSinceText.ts'

/** A step as a sentence whose changeable words are pills, with when somebody comes to it and who is there. */
export const StepCard = memo(function StepCard({ id, type, data }: NodeProps) {
  const words = data as CardWords & Record<string, unknown>
  const { step, since } = words
  const text = useText()
  const sinceText = useSinceText()
  const { isReadOnly } = useAutomationView()
  const remark = useRemark(id)
  const traced = useTraced({ step: step?.id ?? '' })
  const numbers = useNumbersText(step?.id ?? '')
  if (!step) return null
  const { icon: Sign, hue } = signOf(step)
  const when = since === undefined ? '' : sinceText(since)
  const folded = type === 'folded' ? text('automation.folded', { count: stepsIn(step) }) : ''
  const label = [
    saidBy(words),
    folded,
    when,
    remark?.message.replace(/\.$/, ''),
    numbers.said,
    text(isReadOnly ? 'automation.card.look' : 'canvas.card.edit'),
  ]
  return (
    <>
      <CanvasCard
        id={id}
        label={label.filter((part) => part !== undefined && part !== '').join('. ')}
        traced={traced}
        problem={remark?.level === 'error'}
        warning={remark?.level === 'warning'}
      >
        <span className={classes.words}>
          <span className={`${signs.icon} ${signs[hue]}`} aria-hidden="true">
            <Sign size={15} stroke={1.8} />
          </span>
          <Sentence words={words} />
        </span>
        {numbers.trouble}
        <span className={classes.foot} data-detail>
          {remark === undefined ? (
            <>
              <span title={folded === '' ? when : folded}>{folded === '' ? when : folded}</span>
              <span className={classes.figures}>{numbers.shown}</span>
            </>
          ) : (
            <Remarked level={remark.level} message={remark.message} />
          )}
        </span>
      </CanvasCard>
      <ChangeMark card={id} />
    </>
  )
})

/** What is wrong with a card, or odd about it, at its foot. */
export function Remarked({ level, message }: { level: 'error' | 'warning'; message: string }) {
  const Sign = level === 'error' ? IconAlertCircle : IconAlertTriangle
  return (
    <span className={level === 'error' ? signs.problem : signs.warning} title={message}>
      <Sign size={14} aria-hidden="true" style={{ verticalAlign: -2 }} /> {message}
    </span>
  )
}

/** Who is at a step: on the card, in words, and what has gone wrong there. */
function useNumbersText(step: string) {
  const text = useText()
  const { formatNumber } = useIntl()
  const numbers = useStepNumbers(step)
  if (numbers === undefined) return { shown: null, said: '', trouble: null }
  const { inside, passed, failed = 0, held = 0 } = numbers
  const parts = [
    ...(inside === undefined ? [] : [text('automation.inside', { count: inside })]),
    ...(passed === undefined ? [] : [text('automation.passed', { count: passed })]),
  ]
  const troubles = [
    ...(failed > 0 ? [text('automation.failed', { count: failed })] : []),
    ...(held > 0 ? [text('automation.held', { count: held })] : []),
  ]
  const figure = (who: 'inside' | 'passed', value: number | undefined) =>
    value === undefined ? null : (
      <span className={classes.number} data-field={`who:${who}`}>
        {formatNumber(value)} {text(`automation.${who}.word`)}
      </span>
    )
  const shown = (
    <>
      {figure('inside', inside)}
      {inside !== undefined && passed !== undefined && ' · '}
      {figure('passed', passed)}
    </>
  )
  const Sign = failed > 0 ? IconAlertCircle : IconClockPause
  return {
    shown,
    said: [...parts, ...troubles].join(', '),
    trouble:
      troubles.length === 0 ? null : (
        <span className={classes.trouble} data-failed={failed > 0 || undefined} data-detail>
          <Sign size={14} aria-hidden="true" />
          {failed > 0 && (
            <span className={classes.number} data-field="who:failed">
              {text('automation.failed', { count: failed })}
            </span>
          )}
          {failed > 0 && held > 0 && ' · '}
          {held > 0 && (
            <span className={classes.number} data-field="who:held">
              {text('automation.held', { count: held })}
            </span>
          )}
        </span>
      ),
  }
}
