import { useDraggable } from '@dnd-kit/core'
import { UnstyledButton } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import { PALETTE, type PaletteItem } from '../blocks/palette.ts'
import { dragId } from './Dragging.tsx'
import classes from './Palette.module.css'

/** The blocks that can be put in: dragged to a place, or by a click or Enter after what is selected. */
export function Palette({ onInsert }: { onInsert: (item: PaletteItem) => void }) {
  const text = useText()
  return (
    <ul className={classes.list} aria-label={text('template.palette')}>
      {PALETTE.map((item) => (
        <li key={item.id}>
          <Item item={item} onInsert={onInsert} />
        </li>
      ))}
    </ul>
  )
}

function Item({ item, onInsert }: { item: PaletteItem; onInsert: (item: PaletteItem) => void }) {
  const text = useText()
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: dragId('palette', item.id) })
  const Sign = item.icon
  return (
    <UnstyledButton
      ref={setNodeRef}
      className={classes.item}
      data-dragging={isDragging || undefined}
      {...listeners}
      aria-describedby={attributes['aria-describedby']}
      onClick={() => onInsert(item)}
    >
      <Sign size={17} stroke={1.6} aria-hidden="true" />
      {text(item.label)}
    </UnstyledButton>
  )
}
