import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Segment } from '../../api/contract/segments.ts'
import { segmentOfProviderQuery } from '../client/segments.ts'
import { RecalculationButton } from '../segments/RecalculationButton.tsx'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './SegmentPage.module.css'

type Props = {
  segment: Segment
  /** Whose customers are counted, in a segment that is evaluated for each provider; undefined: those of all. */
  provider?: string | undefined
}

/** Beside a segment's name: how many are in it, and how it is kept current. */
export function SegmentAside({ segment, provider }: Props) {
  const text = useText()
  const isCounted = segment.scope === 'provider' && provider !== undefined
  const { data } = useQuery({ ...segmentOfProviderQuery(segment.id, provider ?? ''), enabled: isCounted })
  const counted = isCounted ? data : segment
  return (
    <>
      <span className={classes.count}>{counted && <Count value={counted.members} />}</span>
      <RecalculationButton segment={segment} />
      {segment.scope === 'provider' && (
        <Badge color="gray" visibleFrom="sm">
          {text('segments.perProvider')}
        </Badge>
      )}
    </>
  )
}
