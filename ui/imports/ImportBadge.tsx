import { Badge } from '@mantine/core'
import type { ImportFile } from '../../api/contract/imports.ts'
import { useText } from '../shared/useText.tsx'

const COLOURS = {
  uploading: 'gray',
  ready: 'blue',
  running: 'blue',
  done: 'green',
  failed: 'red',
  cancelled: 'gray',
} as const

/** How far a file is; of one that is being taken in, by its share. */
export function ImportBadge({ file: { state, done, total } }: { file: ImportFile }) {
  const text = useText()
  const share = total === 0 ? 0 : Math.floor((done / total) * 100)
  return (
    <Badge color={COLOURS[state]}>
      {state === 'running' ? text('imports.runningAt', { share }) : text(`imports.state.${state}`)}
    </Badge>
  )
}
