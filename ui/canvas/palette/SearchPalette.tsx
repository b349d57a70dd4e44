import { Combobox, Modal, ScrollArea, TextInput, useCombobox } from '@mantine/core'
import { type Icon, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import cards from '../rule/cards/cards.module.css'
import type { Hue } from '../rule/kinds.ts'
import classes from './Palette.module.css'

/** A line of a palette, with its sign. */
export type Offer = { readonly key: string; readonly label: string; readonly icon: Icon; readonly hue: Hue }
export type OfferGroup = { readonly label: string; readonly offers: readonly Offer[] }

type Props = {
  opened: boolean
  /** What the palette is of, for screen readers, and what is looked for in it. */
  label: string
  search: string
  /** What is offered for what was typed; the first one is what Enter takes. */
  offersFor: (typed: string) => readonly OfferGroup[]
  /** Stands before the offers: that they are on their way, or could not be loaded. */
  children?: ReactNode
  /** Whether all that there is has come, so that nothing found is worth saying. */
  isReady?: boolean
  onChoose: (key: string) => void
  onClose: () => void
}

/** A list to be searched, over the page: what is chosen goes where the palette was opened for. */
export function SearchPalette({ opened, label, onClose, ...rest }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={520}
      padding={0}
      centered={false}
      yOffset="10vh"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': label } }}
    >
      {opened && <Choices label={label} {...rest} />}
    </Modal>
  )
}

function Choices({ label, search, offersFor, children, isReady = true, onChoose }: Omit<Props, 'opened' | 'onClose'>) {
  const text = useText()
  const combobox = useCombobox({ opened: true })
  const [typed, setTyped] = useState('')
  const groups = offersFor(typed).filter(({ offers }) => offers.length > 0)

  // What Enter takes is always the first that is found.
  const { selectFirstOption } = combobox
  const found = `${typed} ${groups.length}`
  useEffect(() => {
    if (found !== '') selectFirstOption()
  }, [selectFirstOption, found])

  return (
    <Combobox store={combobox} onOptionSubmit={onChoose}>
      <Combobox.EventsTarget>
        <TextInput
          className={classes.search ?? ''}
          variant="unstyled"
          size="md"
          leftSection={<IconSearch size={18} />}
          placeholder={search}
          aria-label={search}
          value={typed}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label={label}>
        <ScrollArea.Autosize mah="56vh" type="auto" className={classes.list ?? ''}>
          {children}
          {groups.map((group) => (
            <Combobox.Group key={group.label} label={group.label}>
              {group.offers.map(({ key, label, icon: Sign, hue }) => (
                <Combobox.Option key={key} value={key} className={classes.item ?? ''}>
                  <span className={`${cards.icon} ${cards[hue]}`} aria-hidden="true">
                    <Sign size={15} stroke={1.8} />
                  </span>
                  {label}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {isReady && groups.length === 0 && <Combobox.Empty>{text('canvas.palette.nothing')}</Combobox.Empty>}
        </ScrollArea.Autosize>
      </Combobox.Options>
    </Combobox>
  )
}
