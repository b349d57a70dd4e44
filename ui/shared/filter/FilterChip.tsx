import { Popover, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Count } from '../Count.tsx'
import { useText } from '../useText.tsx'
import classes from './FilterChip.module.css'

type Props = {
  title: string
  /** What is chosen, in words; null when nothing is. */
  value: string | null
  /** How many customers are left, when something is chosen. */
  count?: number | undefined
  /** The choices are about to be looked at. */
  onOpen?: (() => void) | undefined
  children: ReactNode
}

/** A filter as a pill, "Gender: female 402", that opens its choices. */
export function FilterChip({ title, value, count, onOpen, children }: Props) {
  const text = useText()
  return (
    <Popover position="bottom-start" shadow="md" width={270} trapFocus withRoles {...(onOpen && { onOpen })}>
      <Popover.Target>
        <UnstyledButton className={classes.chip} data-chosen={value !== null || undefined}>
          <span>{text('filter.chip', { name: title, value: value ?? text('filter.any') })}</span>
          {value !== null && count !== undefined && <Count value={count} />}
          <IconChevronDown size={13} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={title}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
