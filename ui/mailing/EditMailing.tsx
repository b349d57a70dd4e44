import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { useWriteOn } from '../composer/draft/useWriteOn.ts'
import { useText } from '../shared/useText.tsx'

/** Opens a planned mailing in the composer, to be changed while nothing of it is prepared. */
export function EditMailing({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const writeOn = useWriteOn('edit')
  // a loyalty mailing is cancelled and made anew: its place in the week belongs to what was ordered
  const isPlanned = mailing.kind === 'one_off' && ['scheduled', 'awaiting_approval'].includes(mailing.state)
  if (!isPlanned) return null
  return (
    <Button
      variant="default"
      leftSection={<IconPencil size={16} />}
      loading={writeOn.isPending}
      onClick={() => writeOn.mutate(mailing)}
    >
      {text('edit.button')}
    </Button>
  )
}
