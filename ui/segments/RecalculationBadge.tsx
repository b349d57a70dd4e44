import { Badge, Loader } from '@mantine/core'
import type { Segment } from '../../api/contract/segments.ts'
import { useText } from '../shared/useText.tsx'

/** How and how often a segment is recalculated, or that it is being so now. */
export function RecalculationBadge({ segment }: { segment: Pick<Segment, 'recalculation' | 'recomputing'> }) {
  const text = useText()
  const { mode, at } = segment.recalculation
  if (segment.recomputing) {
    return (
      <Badge miw="max-content" color="orange" leftSection={<Loader size={10} color="orange" />}>
        {text('segments.recomputing')}
      </Badge>
    )
  }
  if (mode === 'nightly' && at !== undefined)
    return (
      <Badge miw="max-content" color="gray">
        {text('segments.nightlyAt', { at })}
      </Badge>
    )
  return (
    <Badge miw="max-content" color={mode === 'live' ? 'green' : 'gray'}>
      {text(`segments.${mode}`)}
    </Badge>
  )
}
