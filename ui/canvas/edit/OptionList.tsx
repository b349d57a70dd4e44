import { Combobox, Group } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { CountOf } from './CountOf.tsx'
import type { Choices } from './catalogueTypes.ts'

type Props = {
  label: string
  offered: Choices
  hidden: boolean
  /** The value that is chosen now, if it is one of them. */
  chosen?: string
  /** What comes after the choices. */
  children?: ReactNode
}

/** The list under a control: what it offers, each with how many have it. */
export function OptionList({ label, offered, hidden, chosen, children }: Props) {
  // the control names the list by this id, which is there from the first
  const id = useId()
  return (
    <Combobox.Dropdown hidden={hidden}>
      <Combobox.Options id={id} aria-label={label} mah={220} style={{ overflowY: 'auto' }}>
        {offered.map((choice) => (
          <Combobox.Option key={choice.value} value={choice.value} active={choice.value === chosen}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <span>{choice.label}</span>
              <CountOf count={choice.count} />
            </Group>
          </Combobox.Option>
        ))}
        {children}
      </Combobox.Options>
    </Combobox.Dropdown>
  )
}
