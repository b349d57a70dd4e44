import {
  IconArrowsExchange,
  IconArrowsSplit2,
  IconBan,
  IconCopy,
  IconCopyPlus,
  IconFold,
  IconScissors,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { useStoreValue } from '../flow/store.ts'
import { selectedNodes } from './cards.ts'
import { ToolBar } from './ToolBar.tsx'
import type { Clipboard } from './useClipboard.ts'
import type { Editing } from './useEditing.ts'

type Props = {
  focus: CanvasFocus
  editing: Editing
  clipboard: Clipboard
}

const TOOLS = [
  { act: 'beside', keys: 'O', icon: IconArrowsSplit2 },
  { act: 'invert', keys: 'I', icon: IconBan },
  { act: 'group', keys: 'G', icon: IconStack2 },
  { act: 'ungroup', keys: 'Shift G', icon: IconFold },
  { act: 'turn', keys: 'T', icon: IconArrowsExchange },
  { act: 'duplicate', keys: 'D', icon: IconCopyPlus },
] as const

/** What is selected of a rule, and what one can do with it. */
export function SelectionBar({ focus, editing, clipboard }: Props) {
  const text = useText()
  const count = useStoreValue(focus.store, (state) => selectedNodes(state).length)
  return (
    <ToolBar
      count={count}
      tools={[
        ...TOOLS.map(({ act, keys, icon }) => ({
          act,
          label: text(`canvas.act.${act}`),
          keys,
          icon,
          onClick: () => editing.act(act),
        })),
        { act: 'copy', label: text('canvas.act.copy'), keys: 'Ctrl C', icon: IconCopy, onClick: clipboard.copy },
        { act: 'cut', label: text('canvas.act.cut'), keys: 'Ctrl X', icon: IconScissors, onClick: clipboard.cut },
        {
          act: 'remove',
          label: text('canvas.act.remove'),
          keys: 'Delete',
          icon: IconTrash,
          onClick: () => editing.act('remove'),
        },
      ]}
    />
  )
}
