import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconCheck, IconDeviceFloppy, IconVersions } from '@tabler/icons-react'
import { useText } from '../shared/useText.tsx'

type Props = {
  canSave: boolean
  /** A segment that is not stored yet is saved, a rule is published. */
  isNew: boolean
  /** What it is called where a rule is taken over into something else. */
  taking?: string | undefined
  onSave: () => void
}

/** Saves or publishes, by the usual key as well. */
export function HeaderActions({ canSave, isNew, taking, onSave }: Props) {
  const text = useText()
  // Also from within a field, where the browser would save the page.
  useHotkeys([['mod+S', () => canSave && onSave()]], [])
  const Sign = taking !== undefined ? IconCheck : isNew ? IconDeviceFloppy : IconVersions
  return (
    <Button leftSection={<Sign size={17} />} disabled={!canSave} onClick={onSave}>
      {taking ?? text(isNew ? 'canvas.save' : 'publish.open')}
    </Button>
  )
}
