import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { TemplateEditing } from './useTemplateEditing.ts'

/** Undo and redo, with the name of the step, and by the usual keys wherever the focus is on the page. */
export function UndoButtons({ editing }: { editing: TemplateEditing }) {
  const text = useText()
  const { draft, undo, redo } = editing
  const undone = draft.past.at(-1)
  const redone = draft.future[0]
  const latest = useRef({ undo, redo })
  latest.current = { undo, redo }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
      const key = event.key.toLowerCase()
      const what = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' ? 'redo' : undefined
      if (what === undefined) return
      event.preventDefault()
      latest.current[what]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const undoLabel = undone ? text('canvas.undo.step', { step: undone.label }) : text('canvas.undo')
  const redoLabel = redone ? text('canvas.redo.step', { step: redone.label }) : text('canvas.redo')
  return (
    <ActionIcon.Group>
      <Tooltip label={undoLabel}>
        <ActionIcon variant="default" size={34} aria-label={undoLabel} disabled={!undone} onClick={undo}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoLabel}>
        <ActionIcon variant="default" size={34} aria-label={redoLabel} disabled={!redone} onClick={redo}>
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
    </ActionIcon.Group>
  )
}
