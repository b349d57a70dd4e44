import { IconFlag, IconPlus, IconUsers } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../../shared/useText.tsx'
import { AddSpot } from '../../flow/AddSpot.tsx'
import { CanvasCard } from '../../flow/CanvasCard.tsx'
import { spotOf } from '../../layout/spots.ts'
import { CountText } from '../CountText.tsx'
import { useCount, useProblem, useRuleView, useTraced, useWarning } from '../ruleView.ts'
import classes from './cards.module.css'

const everyone = { path: '', of: 'in' } as const
const members = { path: '', of: 'yes' } as const

/** Where all customers enter. */
export const StartCard = memo(function StartCard({ id }: NodeProps) {
  const text = useText()
  const count = useCount(everyone)
  const traced = useTraced(everyone)
  const label = text('canvas.start')
  return (
    <CanvasCard
      id={id}
      label={count === undefined ? label : text('canvas.end.label', { label, count })}
      traced={traced}
    >
      <span className={classes.end}>
        <span className={`${classes.icon} ${classes.blue}`} aria-hidden="true">
          <IconUsers size={15} stroke={1.8} />
        </span>
        <span className={classes.name}>{label}</span>
        <CountText of={everyone} />
      </span>
    </CanvasCard>
  )
})

/** Those who reach the bottom are the segment. */
export const ResultCard = memo(function ResultCard({ id }: NodeProps) {
  const text = useText()
  const { name } = useRuleView()
  const count = useCount(members)
  const traced = useTraced(members)
  return (
    <CanvasCard
      id={id}
      label={count === undefined ? name : text('canvas.end.label', { label: name, count })}
      traced={traced}
    >
      <span className={classes.end}>
        <span className={`${classes.icon} ${classes.green}`} aria-hidden="true">
          <IconFlag size={15} stroke={1.8} />
        </span>
        <span className={classes.name}>{name}</span>
        <CountText of={members} />
      </span>
    </CanvasCard>
  )
})

/** A group without parts: everybody passes an empty `all`, nobody an empty `any`. */
export const EmptyCard = memo(function EmptyCard({ id, data }: NodeProps) {
  const text = useText()
  const path = String(data.path)
  const rule = data.rule as object
  const problem = useProblem(path)
  const traced = useTraced({ path, of: 'in' })
  const warning = useWarning(path)
  const spot = spotOf({ at: 'in', path, index: 0 })
  const label = problem ?? text('any' in rule ? 'canvas.nobody' : 'canvas.everybody')
  return (
    <>
      <CanvasCard
        id={id}
        label={`${label}. ${text('canvas.empty.add')}`}
        traced={traced}
        problem={problem !== undefined}
        warning={warning !== undefined}
        spot={spot}
      >
        <span className={`${classes.end} ${classes.quiet}`}>
          <IconPlus size={16} aria-hidden="true" />
          {label}
        </span>
      </CanvasCard>
      <AddSpot spot={spot} forMoves />
    </>
  )
})
