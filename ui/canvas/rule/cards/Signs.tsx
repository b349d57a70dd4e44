import { IconArrowsJoin2, IconArrowsSplit2 } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { childrenOf } from '../../../../rules/rule.ts'
import { useText } from '../../../shared/useText.tsx'
import { AddSpot } from '../../flow/AddSpot.tsx'
import { CanvasCard } from '../../flow/CanvasCard.tsx'
import { useStoreValue } from '../../flow/store.ts'
import { spotOf } from '../../layout/spots.ts'
import { CountText } from '../CountText.tsx'
import { surplusOf } from '../counts.ts'
import { type RuleCardData, useCount, useProblem, useRuleView, useStale, useTraced } from '../ruleView.ts'
import { useCountWords } from '../useCountWords.ts'
import { useNumbersLabel } from '../useNumbersLabel.ts'
import classes from './cards.module.css'

/** “any of”: everybody who arrives goes down every way. */
export const ForkSign = memo(function ForkSign({ id, data }: NodeProps) {
  const { path, rule } = data as RuleCardData
  const text = useText()
  const traced = useTraced({ path, of: 'in' })
  const problem = useProblem(path)
  const numbers = useNumbersLabel(path)
  const ways = childrenOf(rule).length
  const label = [text('canvas.fork.label', { ways }), problem, numbers, text('canvas.fold')].filter(Boolean).join('. ')
  return (
    <>
      <CanvasCard id={id} shape="sign" label={label} traced={traced} problem={problem !== undefined}>
        <IconArrowsSplit2 size={15} className={classes.way} aria-hidden="true" />
        <strong>{text('canvas.fork')}</strong>
      </CanvasCard>
      <AddSpot spot={spotOf({ at: 'in', path, index: ways })} label={text('canvas.add.way')} />
    </>
  )
})

/** Where the ways of an “any of” come together: how many came, and how many of them on several ways. */
export const JoinSign = memo(function JoinSign({ id, data }: NodeProps) {
  const { path, rule } = data as RuleCardData
  const text = useText()
  const countWords = useCountWords()
  const { counts } = useRuleView()
  const ways = childrenOf(rule, path).map((way) => way.path)
  const together = useCount({ path, of: 'yes' })
  const surplus = useStoreValue(counts, (all) => surplusOf(all, path, ways))
  const stale = useStale()
  const traced = useTraced({ path, of: 'yes' })
  const several =
    together === undefined || surplus === undefined || ways.length < 2
      ? ''
      : ways.length === 2
        ? text('canvas.join.both', { count: surplus })
        : text('canvas.join.several', { count: together + surplus })
  const first = text('canvas.join', { count: countWords(together) })
  return (
    <CanvasCard id={id} shape="sign" label={[first, several].filter(Boolean).join(', ')} traced={traced}>
      <IconArrowsJoin2 size={15} className={classes.way} aria-hidden="true" />
      <strong className={classes.count} data-stale={stale || undefined}>
        {first}
      </strong>
      {several !== '' && <span className={`${classes.quiet} ${classes.count}`}>· {several}</span>}
    </CanvasCard>
  )
})

/** The entry of an inverted group: what follows in the frame says who is turned aside. */
export const EnterSign = memo(function EnterSign({ id, data }: NodeProps) {
  const { path } = data as RuleCardData
  const text = useText()
  const traced = useTraced({ path, of: 'in' })
  const problem = useProblem(path)
  const numbers = useNumbersLabel(path)
  const label = [text('canvas.enter.label'), problem, numbers, text('canvas.fold')].filter(Boolean).join('. ')
  return (
    <CanvasCard id={id} shape="sign" label={label} traced={traced} problem={problem !== undefined}>
      <span className={classes.not}>{text('canvas.not')}</span>
      <span>{text('canvas.enter')}</span>
    </CanvasCard>
  )
})

/** The end of an inverted group: who gets here is out. */
export const AsideSign = memo(function AsideSign({ id, data }: NodeProps) {
  const { path } = data as RuleCardData
  const text = useText()
  const traced = useTraced({ path, of: 'no' })
  return (
    <CanvasCard id={id} shape="sign" label={text('canvas.aside')} traced={traced}>
      <span className={classes.quiet}>
        <CountText of={{ path, of: 'no' }} /> {text('canvas.aside')}
      </span>
    </CanvasCard>
  )
})
