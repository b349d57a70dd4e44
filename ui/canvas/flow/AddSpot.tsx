import { IconPlus } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import classes from './AddSpot.module.css'
import { type CanvasSpots, useCanvasSpots } from './spots.ts'
import { useStoreValue } from './store.ts'

type Props = {
  spot: string
  label?: string
  /** Only there while something is being moved: what it stands at is pressed to add. */
  forMoves?: boolean
}

/**
 * “+”: puts something here. While a card is being moved, the place that it can be let go at. Not in the tab order: the
 * canvas has one tab stop, and keys for the same.
 */
export function AddSpot(props: Props) {
  const spots = useCanvasSpots()
  return spots && <Spot spots={spots} {...props} />
}

function Spot({ spots, spot, label, forMoves = false }: Props & { spots: CanvasSpots }) {
  const text = useText()
  const state = useStoreValue(spots.moving, (moving) => {
    if (moving === null) return forMoves ? 'closed' : 'add'
    if (!moving.possible.has(spot)) return 'closed'
    return moving.target === spot ? 'target' : 'open'
  })
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.spot}
      data-spot={spot}
      data-state={state}
      aria-label={label ?? text('canvas.add.here')}
      onClick={() => (state === 'add' ? spots.onAdd(spot) : undefined)}
    >
      <IconPlus size={15} stroke={2} aria-hidden="true" />
    </button>
  )
}
