import { ActionIcon, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import classes from './ToolBar.module.css'

/** Something that can be done with what is selected, and the keys for the same. */
export type Tool = {
  readonly act: string
  readonly label: string
  readonly keys: string
  readonly icon: Icon
  readonly onClick: () => void
}

/**
 * How many are selected and what one can do with them, in one bar. Not in the tab order: the canvas has one tab stop, and
 * each button names the key for the same.
 */
export function ToolBar({ count, tools }: { count: number; tools: readonly Tool[] }) {
  const text = useText()
  if (count === 0) return null
  return (
    <div className={classes.bar} role="toolbar" aria-label={text('canvas.bar')}>
      <span className={classes.count}>{text('canvas.bar.count', { count })}</span>
      {tools.map(({ act, label, keys, icon: Sign, onClick }) => (
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
      ))}
    </div>
  )
}
