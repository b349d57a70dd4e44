import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconVersions } from '@tabler/icons-react'
import { useText } from '../shared/useText.tsx'
import type { Editing } from './editing/useEditing.ts'
import type { Draft } from './rule/draft.ts'

type Props = {
  draft: Draft
  editing: Pick<Editing, 'undo' | 'redo'>
  canSave: boolean
  /** A segment that is not stored yet is saved, a rule is published. */
  isNew: boolean
  onSave: () => void
}

/** Undo, redo, save or publish: with the name of the step, and by the usual keys. */
export function HeaderActions({ draft, editing, canSave, isNew, onSave }: Props) {
  const text = useText()
  const undone = draft.past.at(-1)
  const redone = draft.future[0]
  const { undo, redo } = editing
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ])
  // Also from within a field, where the browser would save the page.
  useHotkeys([['mod+S', () => canSave && onSave()]], [])
  const undoLabel = undone ? text('canvas.undo.step', { step: undone.label }) : text('canvas.undo')
  const Sign = isNew ? IconDeviceFloppy : IconVersions
  const redoLabel = redone ? text('canvas.redo.step', { step: redone.label }) : text('canvas.redo')
  return (
    <>
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
      <Button leftSection={<Sign size={17} />} disabled={!canSave} onClick={onSave}>
        {text(isNew ? 'canvas.save' : 'publish.open')}
      </Button>
    </>
  )
}
