import { Badge } from '@mantine/core'
import type { Segment } from '../../api/contract/segments.ts'
import { RecalculationBadge } from '../segments/RecalculationBadge.tsx'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './SegmentPage.module.css'

/** Beside a segment's name: how many are in it, and how it is kept current. */
export function SegmentAside({ segment }: { segment: Segment }) {
  const text = useText()
  return (
    <>
      <span className={classes.count}>
        <Count value={segment.members} />
      </span>
      <RecalculationBadge segment={segment} />
      {segment.scope === 'provider' && (
        <Badge color="gray" visibleFrom="sm">
          {text('segments.perProvider')}
        </Badge>
      )}
    </>
  )
}
