import { Popover } from '@mantine/core'
import type { Editor } from '@tiptap/react'
import { focusNow } from '../../composer/editor/focusNow.ts'
import { useText } from '../../shared/useText.tsx'
import type { LiquidRequest } from './liquidNode.ts'
import { MergeTagForm } from './MergeTagForm.tsx'

type Props = { editor: Editor; request: LiquidRequest | null; onClose: () => void }

/** The little form for a merge tag, where it stands or is to stand in the text. */
export function LiquidPopover({ editor, request, onClose }: Props) {
  const text = useText()
  if (request === null) return null
  const { position, code } = request
  const spot = editor.view.coordsAtPos(position ?? editor.state.selection.from)
  const at = position === null ? editor.state.selection : { from: position, to: position + 1 }
  const done = (act?: () => void) => {
    onClose()
    focusNow(editor)
    act?.()
  }
  return (
    <Popover opened onChange={(opened) => !opened && done()} trapFocus withArrow position="bottom-start" shadow="md">
      <Popover.Target>
        <span
          aria-hidden="true"
          style={{ position: 'fixed', left: spot.left, top: spot.top, width: 1, height: spot.bottom - spot.top }}
        />
      </Popover.Target>
      <Popover.Dropdown
        w={300}
        maw="calc(100vw - 24px)"
        role="dialog"
        aria-label={text(position === null ? 'composer.tag.insertTitle' : 'composer.tag.changeTitle')}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') done()
        }}
      >
        <MergeTagForm
          code={code}
          onChoose={(chosen) =>
            done(() =>
              editor
                .chain()
                .insertContentAt({ from: at.from, to: at.to }, { type: 'liquid', attrs: { code: chosen } })
                .run(),
            )
          }
          onRemove={position === null ? undefined : () => done(() => editor.commands.deleteRange(at))}
          onBrace={position === null ? () => done(() => editor.commands.insertContent('{')) : undefined}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
