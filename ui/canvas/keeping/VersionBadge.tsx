import { Badge } from '@mantine/core'
import type { Segment } from '../../../api/contract/segments.ts'
import { useText } from '../../shared/useText.tsx'

type Props = { segment: Segment; changed: boolean; base: number }

/** Which version of the rule this is, or from which one it was changed. */
export function VersionBadge({ segment, changed, base }: Props) {
  const text = useText()
  return (
    <Badge visibleFrom="sm" color={changed ? 'orange' : 'gray'}>
      {text(changed ? 'canvas.version.draft' : 'canvas.version', { version: changed ? base : segment.version })}
    </Badge>
  )
}
