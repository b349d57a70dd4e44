import { Combobox, Modal, ScrollArea, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Place } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { MessageId } from '../../messages/index.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useText } from '../../shared/useText.tsx'
import cards from '../rule/cards/cards.module.css'
import { kindOf } from '../rule/kinds.ts'
import { newCondition } from '../rule/newCondition.ts'
import { useCatalogue } from '../rule/useCatalogue.ts'
import { GROUP_ITEMS } from './groupItems.ts'
import classes from './Palette.module.css'
import { paletteItems } from './paletteItems.ts'

type Props = {
  /** Where what is chosen goes; null while the palette is closed. */
  place: Place | null
  onAdd: (part: Rule, place: Place) => void
  onPaste: (place: Place) => void
  onClose: () => void
}

/** Everything that can be put into a rule, to be searched: facts by group, groups, and what was copied. */
export function Palette({ place, onAdd, onPaste, onClose }: Props) {
  const text = useText()
  return (
    <Modal
      opened={place !== null}
      onClose={onClose}
      withCloseButton={false}
      size={520}
      padding={0}
      centered={false}
      yOffset="10vh"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': text('canvas.palette') } }}
    >
      {place && <Choices place={place} onAdd={onAdd} onPaste={onPaste} />}
    </Modal>
  )
}

function Choices({ place, onAdd, onPaste }: Omit<Props, 'place' | 'onClose'> & { place: Place }) {
  const text = useText()
  const combobox = useCombobox({ opened: true })
  const catalogue = useCatalogue()
  const [typed, setTyped] = useState('')
  const groupName = (group: string): string => text(`canvas.facts.${group}` as MessageId)
  const facts = catalogue.data?.facts ?? []
  const groups = paletteItems(facts, typed, groupName)
  const others = GROUP_ITEMS.map((item) => ({ ...item, label: text(item.text) })).filter(({ label }) =>
    label.toLowerCase().includes(typed.trim().toLowerCase()),
  )
  const nothing = groups.length === 0 && others.length === 0

  // What Enter takes is always the first that is found.
  const { selectFirstOption } = combobox
  const found = `${typed} ${facts.length}`
  useEffect(() => {
    if (found !== '') selectFirstOption()
  }, [selectFirstOption, found])

  const choose = (key: string): void => {
    const other = GROUP_ITEMS.find((item) => item.key === key)
    const item = groups.flatMap(({ items }) => items).find((one) => one.key === key)
    if (other?.key === 'paste') onPaste(place)
    else if (other?.part) onAdd(other.part, place)
    else if (item) onAdd(newCondition(item.fact, new Date().toISOString().slice(0, 10), item.is), place)
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget>
        <TextInput
          className={classes.search ?? ''}
          variant="unstyled"
          size="md"
          leftSection={<IconSearch size={18} />}
          placeholder={text('canvas.palette.search')}
          aria-label={text('canvas.palette.search')}
          value={typed}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label={text('canvas.palette')}>
        <ScrollArea.Autosize mah="56vh" type="auto" className={classes.list ?? ''}>
          {catalogue.isPending && <RowsLoading rows={5} />}
          {catalogue.isError && <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
          {groups.map(({ group, items }) => (
            <Combobox.Group key={group} label={groupName(group)}>
              {items.map((item) => {
                const { icon: Sign, hue } = kindOf({ fact: item.fact.fact, is: '' })
                return (
                  <Combobox.Option key={item.key} value={item.key} className={classes.item ?? ''}>
                    <span className={`${cards.icon} ${cards[hue]}`} aria-hidden="true">
                      <Sign size={15} stroke={1.8} />
                    </span>
                    {item.label}
                  </Combobox.Option>
                )
              })}
            </Combobox.Group>
          ))}
          {others.length > 0 && (
            <Combobox.Group label={text('canvas.palette.groups')}>
              {others.map(({ key, label, icon: Sign }) => (
                <Combobox.Option key={key} value={key} className={classes.item ?? ''}>
                  <span className={`${cards.icon} ${cards.gray}`} aria-hidden="true">
                    <Sign size={15} stroke={1.8} />
                  </span>
                  {label}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {catalogue.isSuccess && nothing && <Combobox.Empty>{text('canvas.palette.nothing')}</Combobox.Empty>}
        </ScrollArea.Autosize>
      </Combobox.Options>
    </Combobox>
  )
}
