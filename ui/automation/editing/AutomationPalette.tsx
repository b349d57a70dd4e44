import type { Place } from '../../../rules/automations/commands.ts'
import { plain } from '../../canvas/palette/paletteItems.ts'
import { type OfferGroup, SearchPalette } from '../../canvas/palette/SearchPalette.tsx'
import { useText } from '../../shared/useText.tsx'
import { GROUPS, OFFERS, PASTE } from './newStep.ts'

type Props = {
  /** Where what is chosen goes; null while the palette is closed. */
  place: Place | null
  onAdd: (offer: string, place: Place) => void
  onPaste: (place: Place) => void
  onClose: () => void
}

/** Everything that can be put into an automation, to be searched. */
export function AutomationPalette({ place, onAdd, onPaste, onClose }: Props) {
  const text = useText()
  const offersFor = (typed: string): OfferGroup[] => {
    const wanted = plain(typed).split(/\s+/).filter(Boolean)
    const matches = (...said: string[]): boolean => wanted.every((word) => plain(said.join(' ')).includes(word))
    const groups = GROUPS.map((group) => {
      const label = text(`automation.group.${group}`)
      const offers = OFFERS.filter((offer) => offer.group === group)
        .map(({ key, sign }) => ({ key, label: text(`automation.offer.${key}`), ...sign }))
        .filter((offer) => matches(offer.label, label))
      return { label, offers }
    })
    const paste = { key: 'paste', label: text('canvas.palette.paste'), ...PASTE }
    return matches(paste.label) ? [...groups, { label: text('automation.group.more'), offers: [paste] }] : groups
  }
  return (
    <SearchPalette
      opened={place !== null}
      label={text('canvas.palette')}
      search={text('automation.palette.search')}
      offersFor={offersFor}
      onChoose={(key) => {
        if (place === null) return
        if (key === 'paste') onPaste(place)
        else onAdd(key, place)
      }}
      onClose={onClose}
    />
  )
}
