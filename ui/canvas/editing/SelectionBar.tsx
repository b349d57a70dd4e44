import { ActionIcon, Tooltip } from '@mantine/core'
import {
  type Icon,
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
import classes from './SelectionBar.module.css'
import type { Clipboard } from './useClipboard.ts'
import type { Editing } from './useEditing.ts'

type Props = {
  focus: CanvasFocus
  editing: Editing
  clipboard: Clipboard
}

type Tool = {
  readonly act: 'beside' | 'invert' | 'group' | 'ungroup' | 'turn' | 'duplicate'
  readonly keys: string
  readonly icon: Icon
}

const TOOLS: readonly Tool[] = [
  { act: 'beside', keys: 'O', icon: IconArrowsSplit2 },
  { act: 'invert', keys: 'I', icon: IconBan },
  { act: 'group', keys: 'G', icon: IconStack2 },
  { act: 'ungroup', keys: 'Shift G', icon: IconFold },
  { act: 'turn', keys: 'T', icon: IconArrowsExchange },
  { act: 'duplicate', keys: 'D', icon: IconCopyPlus },
]

/**
 * What is selected and what one can do with it, in one bar. Not in the tab order: the canvas has one tab stop, and each
 * button names the key for the same.
 */
export function SelectionBar({ focus, editing, clipboard }: Props) {
  const text = useText()
  const count = useStoreValue(focus.store, (state) => selectedNodes(state).length)
  if (count === 0) return null
  const button = (act: string, label: string, keys: string, Sign: Icon, onClick: () => void) => (
    <Tooltip key={act} label={`${label} (${keys})`}>
      <ActionIcon
        size={34}
        tabIndex={-1}
        variant="subtle"
        color="gray"
        aria-label={`${label} (${keys})`}
        aria-keyshortcuts={keys.replace(' ', '+')}
        onClick={onClick}
      >
        <Sign size={18} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={classes.bar} role="toolbar" aria-label={text('canvas.bar')}>
      <span className={classes.count}>{text('canvas.bar.count', { count })}</span>
      {TOOLS.map(({ act, keys, icon }) => button(act, text(`canvas.act.${act}`), keys, icon, () => editing.act(act)))}
      {button('copy', text('canvas.act.copy'), 'Ctrl C', IconCopy, clipboard.copy)}
      {button('cut', text('canvas.act.cut'), 'Ctrl X', IconScissors, clipboard.cut)}
      {button('remove', text('canvas.act.remove'), 'Delete', IconTrash, () => editing.act('remove'))}
    </div>
  )
}
