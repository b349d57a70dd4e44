import { Popover } from '@mantine/core'
import type { Editor } from '@tiptap/react'
import { useText } from '../../shared/useText.tsx'
import { focusNow } from '../editor/focusNow.ts'
import { MergeTagForm } from './MergeTagForm.tsx'
import type { MergeTagRequest } from './mergeTagNode.ts'

type Props = { editor: Editor | null; request: MergeTagRequest | null; onClose: () => void }

/** The form for a merge tag, at the place in the text where it stands or will stand. */
export function MergeTagPopover({ editor, request, onClose }: Props) {
  const text = useText()
  if (editor === null || request === null) return null
  const { position, name, fallback } = request
  const place = editor.view.coordsAtPos(position ?? editor.state.selection.from)

  const close = () => {
    onClose()
    focusNow(editor)
  }
  const choose = (chosen: string, otherwise: string) => {
    const node = { type: 'mergeTag', attrs: { name: chosen, fallback: otherwise } }
    const at = position === null ? editor.state.selection : { from: position, to: position + 1 }
    onClose()
    focusNow(editor)
    editor.chain().insertContentAt({ from: at.from, to: at.to }, node).run()
  }
  const remove = () => {
    if (position === null) return
    onClose()
    focusNow(editor)
    editor
      .chain()
      .deleteRange({ from: position, to: position + 1 })
      .run()
  }
  const brace = () => {
    onClose()
    focusNow(editor)
    editor.chain().insertContent('{').run()
  }

  return (
    <Popover opened onChange={(opened) => !opened && close()} trapFocus withArrow position="bottom-start" shadow="md">
      <Popover.Target>
        <span
          aria-hidden="true"
          style={{ position: 'fixed', left: place.left, top: place.top, width: 1, height: place.bottom - place.top }}
        />
      </Popover.Target>
      <Popover.Dropdown
        w={280}
        maw="calc(100vw - 24px)"
        role="dialog"
        aria-label={text(position === null ? 'composer.tag.insertTitle' : 'composer.tag.changeTitle')}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        <MergeTagForm
          name={name}
          fallback={fallback}
          onChoose={choose}
          onRemove={position === null ? undefined : remove}
          onBrace={position === null ? brace : undefined}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
