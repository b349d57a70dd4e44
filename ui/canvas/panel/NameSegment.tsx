import { SegmentedControl, Text, TextInput } from '@mantine/core'
import type { Segment } from '../../../api/contract/segments.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './panel.module.css'

type Props = {
  name: string
  scope: Segment['scope']
  onName: (name: string) => void
  onScope: (scope: Segment['scope']) => void
}

/** What a new segment is called, and whose customers it is of. */
export function NameSegment({ name, scope, onName, onScope }: Props) {
  const text = useText()
  return (
    <section className={classes.section}>
      <TextInput
        label={text('canvas.new.name')}
        value={name}
        maxLength={200}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <Text fz="sm" fw={500} mt="sm" mb={4}>
        {text('canvas.new.scope')}
      </Text>
      <SegmentedControl
        fullWidth
        orientation="vertical"
        size="xs"
        aria-label={text('canvas.new.scope')}
        value={scope}
        data={[
          { value: 'business', label: text('canvas.new.business') },
          { value: 'provider', label: text('canvas.new.provider') },
        ]}
        onChange={(chosen) => onScope(chosen === 'provider' ? 'provider' : 'business')}
      />
      <Text fz="xs" c="dimmed" mt="xs">
        {text('canvas.new.hint')}
      </Text>
    </section>
  )
}
