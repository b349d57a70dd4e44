import { Button, Drawer, Menu } from '@mantine/core'
import { IconHandFinger, IconList, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Segment } from '../../../api/contract/segments.ts'
import { useText } from '../../shared/useText.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import { DecidedByHand } from './DecidedByHand.tsx'

type Props = { segment: Segment; provider: string | undefined }

/** The ways to decide by hand who is in a segment, and what was decided. */
export function ByHand({ segment, provider }: Props) {
  const text = useText()
  const [shown, show] = useState<'decide' | 'decided' | null>(null)
  const close = () => show(null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconHandFinger size={16} />}>
            {text('byHand.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => show('decide')}>
            {text('byHand.decide')}
          </Menu.Item>
          <Menu.Item leftSection={<IconList size={16} />} onClick={() => show('decided')}>
            {text('byHand.list')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === 'decide' && <DecideDialog segment={segment} provider={provider} onClose={close} />}
      <Drawer opened={shown === 'decided'} onClose={close} position="right" title={text('byHand.list')}>
        {shown === 'decided' && <DecidedByHand segment={segment} provider={provider} />}
      </Drawer>
    </>
  )
}
