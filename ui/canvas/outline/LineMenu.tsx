import { Kbd, Menu } from '@mantine/core'
import { IconClipboard, IconCopy, IconPencil, IconScissors } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import type { Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { Act } from '../editing/keys.ts'
import type { Clipboard } from '../editing/useClipboard.ts'
import type { NodeLine } from './lines.ts'
import { isPossible, MENU } from './menu.ts'
import classes from './outline.module.css'
import { placeBeside } from './places.ts'

/** The line whose menu is open, what it is called, and where the menu stands in the outline, in pixels. */
export type OpenMenu = { readonly line: NodeLine; readonly name: string; readonly x: number; readonly y: number }

type Props = {
  /** Null while no menu is open. */
  open: OpenMenu | null
  rule: Rule
  clipboard: Clipboard
  onEdit: (line: NodeLine) => void
  onAct: (line: NodeLine, act: Act) => void
  /** Closes it and puts the focus back on the line; what is chosen then moves it on. */
  onClose: () => void
}

/** Every command of a line by name, with the key for the same. One menu for all lines. */
export function LineMenu({ open, rule, clipboard, onEdit, onAct, onClose }: Props) {
  const text = useText()
  if (!open) return null
  const { line, name, x, y } = open
  const item = (key: string, label: string, keys: string, icon: ReactNode, act: () => void, disabled = false) => (
    <Menu.Item
      key={key}
      disabled={disabled}
      leftSection={icon}
      rightSection={
        <Kbd size="xs" className={classes.keys ?? ''}>
          {keys}
        </Kbd>
      }
      onClick={() => {
        onClose()
        act()
      }}
    >
      {label}
    </Menu.Item>
  )
  return (
    <Menu
      opened
      onClose={onClose}
      position="left-start"
      width={270}
      closeOnItemClick={false}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span className={classes.menuAt} style={{ left: x, top: y }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown aria-label={text('outline.menu.label', { line: name })} className={classes.menu ?? ''}>
        {line.kind === 'condition' &&
          item('edit', text('outline.menu.edit'), 'Enter', <IconPencil size={16} />, () => onEdit(line))}
        {MENU.map((section) => (
          <Fragment key={section[0]?.act}>
            {section.map(({ act, text: label, keys, icon: Sign }) =>
              item(
                act,
                text(label),
                keys,
                <Sign size={16} />,
                () => onAct(line, act),
                !isPossible(act, rule, line.path),
              ),
            )}
            <Menu.Divider />
          </Fragment>
        ))}
        {item('copy', text('canvas.act.copy'), 'Ctrl C', <IconCopy size={16} />, clipboard.copy)}
        {item('cut', text('canvas.act.cut'), 'Ctrl X', <IconScissors size={16} />, clipboard.cut)}
        {item('paste', text('outline.menu.paste'), 'Ctrl V', <IconClipboard size={16} />, () =>
          clipboard.pasteAt(placeBeside(rule, line.path, 'after')),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
