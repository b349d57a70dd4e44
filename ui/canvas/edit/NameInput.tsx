import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { Choices } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import { found } from './found.ts'
import { OptionList } from './OptionList.tsx'

type Props = ControlProps<string> & { choices: Choices }

/** A name: those that exist are offered with their counts, another may be typed and counts when it is left. */
export function NameInput({ label, value, error, focused, choices, onChange }: Props) {
  const text = useText()
  const combobox = useCombobox()
  const name = typeof value === 'string' ? value : ''
  const [typed, setTyped] = useState(name)
  const offered = found(choices, typed === name ? '' : typed)
  const take = (next: string): void => {
    setTyped(next)
    combobox.closeDropdown()
    if (next !== name) onChange(next, true)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal={false}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          aria-label={label}
          value={typed}
          placeholder={text('condition.search')}
          error={error !== undefined}
          data-autofocus={focused || undefined}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => take(typed.trim())}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !combobox.dropdownOpened) return
            // the key is for the name, not for the form around it; one that was typed counts as one that is chosen
            event.preventDefault()
            if (combobox.getSelectedOptionIndex() < 0) take(typed.trim())
          }}
        />
      </Combobox.Target>
      <OptionList label={label} offered={offered} hidden={offered.length === 0} chosen={name} />
    </Combobox>
  )
}
