import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconCopy, IconDots, IconExternalLink, IconPencil, IconTrash, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Automation } from '../../../api/contract/automations.ts'
import { useMay } from '../../client/useMay.ts'
import { useText } from '../../shared/useText.tsx'
import { DeleteAutomation } from './DeleteAutomation.tsx'
import { RenameAutomation } from './RenameAutomation.tsx'
import { StartByHand } from './StartByHand.tsx'
import { useCopyAutomation } from './useCopyAutomation.ts'

type Props = {
  automation: Automation
  /** After it was deleted. */
  onDeleted?: () => void
}

/** What can be done with an automation as a whole, beside steering it: each asks or tells before it does anything. */
export function ManageMenu({ automation, onDeleted }: Props) {
  const text = useText()
  const mayChange = useMay('automations.write')
  const [shown, show] = useState<'rename' | 'delete' | 'start' | null>(null)
  const copy = useCopyAutomation()
  const { name, state, deleted_at, runs_url } = automation
  const close = () => show(null)
  const runs = state === 'live' || state === 'paused'
  if (!mayChange) return null
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260} withinPortal>
        <Menu.Target>
          <ActionIcon size={34} variant="default" aria-label={text('automation.manage', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'live' && (
            <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => show('start')}>
              {text('automation.start')}
            </Menu.Item>
          )}
          {deleted_at === null && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => show('rename')}>
              {text('automation.rename')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy.mutate(automation)}>
            {text('automation.copy')}
          </Menu.Item>
          {runs_url !== null && (
            <Menu.Item
              component="a"
              href={runs_url}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconExternalLink size={16} />}
            >
              {text('automation.runs')}
            </Menu.Item>
          )}
          {deleted_at === null && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                disabled={runs}
                onClick={() => show('delete')}
              >
                {text('automation.delete')}
                {runs && (
                  <Text fz="xs" component="div">
                    {text('automation.delete.stopFirst')}
                  </Text>
                )}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown === 'rename' && <RenameAutomation automation={automation} onClose={close} />}
      {shown === 'delete' && (
        <DeleteAutomation
          automation={automation}
          onClose={close}
          onDeleted={() => {
            close()
            onDeleted?.()
          }}
        />
      )}
      {shown === 'start' && <StartByHand automation={automation} onClose={close} />}
    </>
  )
}
