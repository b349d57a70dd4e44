import { ActionIcon, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { createContext, useContext } from 'react'
import { shownKeys, spokenKeys } from './keys.ts'

/** Which button of the toolbar the Tab key stops at, and how to make it another. */
export const ToolbarStop = createContext<{ stop: string; setStop: (id: string) => void }>({
  stop: '',
  setStop: () => {},
})

type Props = {
  id: string
  label: string
  icon: Icon
  keys: string | null
  /** Undefined for buttons that are never on or off. */
  on?: boolean | undefined
  disabled?: boolean
  /** It opens something. */
  popup?: 'dialog' | 'menu'
  onClick?: () => void
}

/** A button of the toolbar. It leaves the selection of the text where it is. */
export function Tool({ id, label, icon: Sign, keys, on, disabled = false, popup, onClick }: Props) {
  const { stop, setStop } = useContext(ToolbarStop)
  return (
    <Tooltip label={keys === null ? label : `${label} (${shownKeys(keys)})`}>
      <ActionIcon
        size={34}
        variant={on ? 'light' : 'subtle'}
        color={on ? 'green' : 'gray'}
        data-tool={id}
        tabIndex={stop === id ? 0 : -1}
        aria-label={label}
        aria-pressed={on}
        aria-disabled={disabled || undefined}
        aria-haspopup={popup}
        aria-keyshortcuts={keys === null ? undefined : spokenKeys(keys)}
        {...(disabled && { 'data-disabled': true })}
        onFocus={() => setStop(id)}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => !disabled && onClick?.()}
      >
        <Sign size={18} stroke={1.7} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}
