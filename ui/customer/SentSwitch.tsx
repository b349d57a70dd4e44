import { SegmentedControl } from '@mantine/core'
import { useText } from '../shared/useText.tsx'

type Props = { sent: boolean | undefined; onChange: (sent: boolean | undefined) => void }

/** Everything, what was sent, or what was not. */
export function SentSwitch({ sent, onChange }: Props) {
  const text = useText()
  return (
    <SegmentedControl
      size="xs"
      aria-label={text('communication.which')}
      value={sent === undefined ? 'all' : String(sent)}
      onChange={(value) => onChange(value === 'all' ? undefined : value === 'true')}
      data={[
        { value: 'all', label: text('communication.all') },
        { value: 'true', label: text('communication.sent') },
        { value: 'false', label: text('communication.notSent') },
      ]}
    />
  )
}
