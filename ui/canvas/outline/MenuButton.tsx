import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import { useStoreValue } from '../flow/store.ts'
import { cardOf, type NodeLine } from './lines.ts'
import classes from './outline.module.css'
import { useOutline } from './outlineContext.ts'

type Props = { line: NodeLine; name: string }

/** Opens the menu of a line. In the tab order with the line that has the focus. */
export function MenuButton({ line, name }: Props) {
  const text = useText()
  const { focus, openMenu } = useOutline()
  const current = useStoreValue(focus.store, (state) => state.current === cardOf(line))
  return (
    <ActionIcon
      className={classes.menuButton ?? ''}
      tabIndex={current ? 0 : -1}
      aria-label={text('outline.menu.label', { line: name })}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation()
        openMenu(line, event.currentTarget)
      }}
    >
      <IconDots size={18} />
    </ActionIcon>
  )
}
