import {
  IconArrowsSplit2,
  IconCopy,
  IconCopyPlus,
  IconFold,
  IconScissors,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react'
import { ToolBar } from '../../canvas/editing/ToolBar.tsx'
import { type CanvasFocus, selectedCards } from '../../canvas/flow/focus.ts'
import { useStoreValue } from '../../canvas/flow/store.ts'
import { useText } from '../../shared/useText.tsx'
import { cardRef } from '../flow/automationFlow.ts'
import type { AutomationEditing } from './useAutomationEditing.ts'
import type { StepClipboard } from './useStepClipboard.ts'

type Props = { focus: CanvasFocus; editing: AutomationEditing; clipboard: StepClipboard }

const OF_STEPS = [
  { act: 'duplicate', keys: 'D', icon: IconCopyPlus },
  { act: 'wrap', keys: 'G', icon: IconSitemap },
  { act: 'fold', keys: 'F', icon: IconFold },
] as const

/** What is selected of an automation, and what one can do with it. */
export function AutomationBar({ focus, editing, clipboard }: Props) {
  const text = useText()
  // a text, so that it is drawn again only for other cards
  const selected = useStoreValue(focus.store, (state) => selectedCards(state).join(' '))
  const refs = selected.split(' ').flatMap((card) => cardRef(card) ?? [])
  const tool = (
    act: 'way' | 'remove' | 'wrap' | 'duplicate' | 'fold',
    label: string,
    keys: string,
    icon: typeof IconTrash,
  ) => ({
    act,
    label,
    keys,
    icon,
    onClick: () => editing.act(act),
  })
  if (refs.length === 1 && refs[0]?.kind === 'way') {
    return (
      <ToolBar
        count={1}
        tools={[
          tool('way', text('automation.act.way'), 'O', IconArrowsSplit2),
          tool('wrap', text('automation.act.unwrap'), 'G', IconSitemap),
          tool('remove', text('automation.act.remove_way'), 'Delete', IconTrash),
        ]}
      />
    )
  }
  const steps = refs.filter(({ kind }) => kind === 'step')
  return (
    <ToolBar
      count={steps.length}
      tools={[
        ...OF_STEPS.map(({ act, keys, icon }) => tool(act, text(`automation.act.${act}`), keys, icon)),
        { act: 'copy', label: text('canvas.act.copy'), keys: 'Ctrl C', icon: IconCopy, onClick: clipboard.copy },
        { act: 'cut', label: text('canvas.act.cut'), keys: 'Ctrl X', icon: IconScissors, onClick: clipboard.cut },
        tool('remove', text('canvas.act.remove'), 'Delete', IconTrash),
      ]}
    />
  )
}
