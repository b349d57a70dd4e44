import { Combobox, InputBase, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { ControlProps } from './control.ts'
import type { FieldKind } from './fieldKinds.ts'
import { found } from './found.ts'
import { OptionList } from './OptionList.tsx'

type Props = ControlProps<string> & { field: FieldKind }

/** One thing by its name (a segment, a campaign), with how many are in it; or none where that is allowed. */
export function PickOne({ label, value, error, field, focused, onChange }: Props) {
  const text = useText()
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active', { scrollIntoView: true }),
  })
  // what is being searched for; null shows what is chosen
  const [typed, setTyped] = useState<string | null>(null)
  const chosen = typeof value === 'string' ? value : ''
  // what was deleted since is still asked for, by its id
  const shown = field.choices.find((choice) => choice.value === chosen)?.label ?? chosen
  const none = { value: '', label: text('condition.any') }
  const offered = [...(field.optional && !typed ? [none] : []), ...found(field.choices, typed ?? '')]

  const take = (next: string): void => {
    setTyped(null)
    combobox.closeDropdown()
    onChange(next === '' ? undefined : next, true)
  }
  const leave = (): void => {
    combobox.closeDropdown()
    if (typed === '' && field.optional) onChange(undefined, true)
    setTyped(null)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal={false}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          aria-label={label}
          value={typed ?? shown}
          placeholder={text(field.optional ? 'condition.any' : 'condition.choose')}
          error={error !== undefined}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          data-autofocus={focused || undefined}
          onFocus={(event) => {
            event.currentTarget.select()
            combobox.openDropdown()
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={leave}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
          onKeyDown={(event) => {
            // the key is for what is searched for, not for the form around it
            if (event.key === 'Enter' && combobox.dropdownOpened) event.preventDefault()
          }}
        />
      </Combobox.Target>
      <OptionList label={label} offered={offered} hidden={false} chosen={chosen}>
        {offered.length === 0 && <Combobox.Empty>{text('condition.nothing')}</Combobox.Empty>}
      </OptionList>
    </Combobox>
  )
}
