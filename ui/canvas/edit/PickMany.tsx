import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { Choices } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import { found } from './found.ts'
import { OptionList } from './OptionList.tsx'

type Props = ControlProps<string[]> & {
  choices: Choices
  /** Why a word that is not among the choices cannot be taken; undefined when it can. */
  refuse: (word: string) => string | undefined
}

/** Some words: those that exist are offered with their counts, others can be added. */
export function PickMany({ label, value, error, choices, focused, refuse, onChange }: Props) {
  const text = useText()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [typed, setTyped] = useState('')
  const words = Array.isArray(value) ? value.map(String) : []
  const word = typed.trim()
  const offered = found(
    choices.filter((choice) => !words.includes(choice.value)),
    word,
  )
  const isNew =
    word !== '' && !words.includes(word) && !choices.some((one) => same(one.value, word) || same(one.label, word))
  const refused = isNew ? refuse(word) : undefined
  const labelOf = (one: string): string => choices.find((choice) => choice.value === one)?.label ?? one

  const take = (one: string): void => {
    setTyped('')
    onChange([...words, one], true)
  }
  const drop = (one: string): void =>
    onChange(
      words.filter((other) => other !== one),
      true,
    )
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = words.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault()
      drop(last)
    }
    // the key is for what was typed, not for the form around it
    if (event.key === 'Enter' && combobox.dropdownOpened) event.preventDefault()
    if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation()
  }

  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal={false}>
      <Combobox.DropdownTarget>
        <PillsInput error={refused ?? error !== undefined} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {words.map((one) => (
              <Pill
                key={one}
                withRemoveButton
                onRemove={() => drop(one)}
                removeButtonProps={{ 'aria-label': text('condition.remove', { what: labelOf(one) }) }}
              >
                {labelOf(one)}
              </Pill>
            ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                aria-label={label}
                value={typed}
                placeholder={words.length === 0 ? text('condition.search') : ''}
                data-autofocus={focused || undefined}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.updateSelectedOptionIndex()
                }}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <OptionList label={label} offered={offered} hidden={offered.length === 0 && (!isNew || refused !== undefined)}>
        {isNew && refused === undefined && (
          <Combobox.Option value={word}>{text('condition.add', { what: word })}</Combobox.Option>
        )}
      </OptionList>
    </Combobox>
  )
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
