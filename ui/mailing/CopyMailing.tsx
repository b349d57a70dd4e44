import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { useWriteOn } from '../composer/draft/useWriteOn.ts'
import { useText } from '../shared/useText.tsx'

/** Opens the composer with what this mailing was: its text and its recipients, to be changed and sent as another one. */
export function CopyMailing({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const writeOn = useWriteOn('copy')
  return (
    <Button
      variant="default"
      leftSection={<IconCopy size={16} />}
      loading={writeOn.isPending}
      onClick={() => writeOn.mutate(mailing)}
    >
      {text('mailing.copy')}
    </Button>
  )
}
