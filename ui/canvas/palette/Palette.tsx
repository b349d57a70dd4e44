import type { Place } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { MessageId } from '../../messages/index.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useText } from '../../shared/useText.tsx'
import { kindOf } from '../rule/kinds.ts'
import { newCondition } from '../rule/newCondition.ts'
import { useCatalogue } from '../rule/useCatalogue.ts'
import { GROUP_ITEMS } from './groupItems.ts'
import { type PaletteGroup, paletteItems } from './paletteItems.ts'
import { type OfferGroup, SearchPalette } from './SearchPalette.tsx'

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
  const catalogue = useCatalogue()
  const facts = catalogue.data?.facts ?? []
  const groupName = (group: string): string => text(`canvas.facts.${group}` as MessageId)
  const found = (typed: string): PaletteGroup[] => paletteItems(facts, typed, groupName)

  const offersFor = (typed: string): OfferGroup[] => [
    ...found(typed).map(({ group, items }) => ({
      label: groupName(group),
      offers: items.map(({ key, label, fact }) => ({ key, label, ...kindOf({ fact: fact.fact, is: '' }) })),
    })),
    {
      label: text('canvas.palette.groups'),
      offers: GROUP_ITEMS.map(({ key, text: label, icon }) => ({ key, label: text(label), icon, hue: 'gray' as const }))
        // looked for by the words that they say
        .filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase())),
    },
  ]

  const choose = (key: string): void => {
    if (place === null) return
    const other = GROUP_ITEMS.find((item) => item.key === key)
    const [name, is] = key.split(' ')
    const fact = facts.find((one) => one.fact === name)
    if (other?.key === 'paste') onPaste(place)
    else if (other?.part) onAdd(other.part, place)
    else if (fact) onAdd(newCondition(fact, new Date().toISOString().slice(0, 10), is), place)
  }

  return (
    <SearchPalette
      opened={place !== null}
      label={text('canvas.palette')}
      search={text('canvas.palette.search')}
      offersFor={offersFor}
      isReady={catalogue.isSuccess}
      onChoose={choose}
      onClose={onClose}
    >
      {catalogue.isPending && <RowsLoading rows={5} />}
      {catalogue.isError && <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
    </SearchPalette>
  )
}
