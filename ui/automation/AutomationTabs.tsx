import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Automation } from '../../api/contract/automations.ts'
import { useMay } from '../client/useMay.ts'
import { useText } from '../shared/useText.tsx'

type Props = { automation: Automation; mode: 'edit' | 'live' }

/** The draft, or what runs. */
export function AutomationTabs({ automation: { id }, mode }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const mayChange = useMay('automations.write')
  if (!mayChange) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label={text('automation.mode')}
      value={mode}
      data={[
        { value: 'live', label: text('automation.mode.live') },
        { value: 'edit', label: text('automation.mode.edit') },
      ]}
      onChange={(next) =>
        void navigate({ to: '/automations/$id', params: { id }, search: { mode: next }, replace: true })
      }
    />
  )
}
