import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'

/** Where a card stands in the window, in pixels of the canvas. */
export type Anchor = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

type Props = { anchor: Anchor; label: string; onClose: () => void; children: ReactNode }

/** A form beside a card. It keeps the focus until it is closed; then the card has it again. */
export function ConditionPopover({ anchor, label, onClose, children }: Props) {
  return (
    <Popover
      opened
      onChange={(open) => !open && onClose()}
      trapFocus
      returnFocus
      withArrow
      position="right"
      shadow="md"
      offset={12}
      middlewares={{ flip: { fallbackPlacements: ['left', 'bottom', 'top'] }, shift: { padding: 10 } }}
    >
      <Popover.Target>
        <div style={{ position: 'absolute', pointerEvents: 'none', ...anchor }} />
      </Popover.Target>
      <Popover.Dropdown aria-label={label} maw="calc(100vw - 20px)" w={340} p="md">
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
