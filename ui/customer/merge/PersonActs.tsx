import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconGitMerge, IconShieldLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CustomerProfile } from '../../../api/contract/customers.ts'
import { useMay } from '../../client/useMay.ts'
import { useText } from '../../shared/useText.tsx'
import { MergeDialog } from './MergeDialog.tsx'

/** What is done rarely with a customer: making them one with another, handing over or erasing what is known of them. */
export function PersonActs({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const mayMerge = useMay('customers.write')
  const mayErase = useMay('privacy.read')
  const [merges, { open, close }] = useDisclosure(false)
  if (!mayMerge && !mayErase) return null
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label={text('merge.acts')}>
            <ActionIcon variant="default" size={36} aria-label={text('merge.acts')}>
              <IconDots size={18} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {mayMerge && (
            <Menu.Item leftSection={<IconGitMerge size={16} />} onClick={open}>
              {text('merge.open')}
            </Menu.Item>
          )}
          {mayErase && (
            <Menu.Item
              leftSection={<IconShieldLock size={16} />}
              renderRoot={(props: object) => (
                <Link {...props} to="/settings/data-protection" search={{ customer: customer.id }} />
              )}
            >
              {text('merge.dataProtection')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {merges && <MergeDialog customer={customer} onClose={close} />}
    </>
  )
}
