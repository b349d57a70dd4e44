import { UnstyledButton } from '@mantine/core'
import { type MouseEvent, useState } from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { RecalculationBadge } from './RecalculationBadge.tsx'
import { type Recalculated, RecalculationDialog } from './RecalculationDialog.tsx'

/** How and how often a segment is recalculated; a click changes it. A row around it does not hear of the click. */
export function RecalculationButton({ segment }: { segment: Recalculated & Pick<Segment, 'recomputing'> }) {
  const text = useText()
  const [opened, setOpened] = useState(false)
  const name = useSegmentWords().nameOf(segment)
  const mode = text(`recalculation.${segment.recalculation.mode}`)
  const open = (event: MouseEvent): void => {
    event.stopPropagation()
    setOpened(true)
  }
  return (
    <>
      <UnstyledButton aria-label={text('recalculation.open', { name, mode })} onClick={open}>
        <RecalculationBadge segment={segment} />
      </UnstyledButton>
      <RecalculationDialog segment={segment} opened={opened} onClose={() => setOpened(false)} />
    </>
  )
}
