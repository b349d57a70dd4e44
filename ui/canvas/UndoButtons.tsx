import { ActionIcon, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useText } from '../shared/useText.tsx'
import type { Draft } from './editing/draft.ts'

type Props = {
  draft: Pick<Draft<unknown, unknown, unknown>, 'past' | 'future'>
  editing: { readonly undo: () => void; readonly redo: () => void }
}

/** Undo and redo, with the name of the step, and by the usual keys. */
export function UndoButtons({ draft, editing: { undo, redo } }: Props) {
  const text = useText()
  const undone = draft.past.at(-1)
  const redone = draft.future[0]
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ])
  const undoLabel = undone ? text('canvas.undo.step', { step: undone.label }) : text('canvas.undo')
  const redoLabel = redone ? text('canvas.redo.step', { step: redone.label }) : text('canvas.redo')
  return (
    <ActionIcon.Group>
      <Tooltip label={undoLabel}>
        <ActionIcon variant="default" size={36} aria-label={undoLabel} disabled={!undone} onClick={undo}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoLabel}>
        <ActionIcon variant="default" size={36} aria-label={redoLabel} disabled={!redone} onClick={redo}>
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
    </ActionIcon.Group>
  )
}
