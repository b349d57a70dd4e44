import { Text } from '@mantine/core'
import { FormattedNumber } from 'react-intl'

/** How many have a value, beside its name; nothing while that is not known. */
export function CountOf({ count }: { count: number | undefined }) {
  if (count === undefined) return null
  return (
    <Text span fz="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
      <FormattedNumber value={count} />
    </Text>
  )
}
