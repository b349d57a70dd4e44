import { Button, Center, Group, Text } from '@mantine/core'
import { useText } from './useText.tsx'

type Props = { shown: number; total?: number; hasMore: boolean; loading: boolean; onMore: () => void }

/** The end of a list that is read part by part: how much is shown, and the button for more. */
export function More({ shown, total, hasMore, loading, onMore }: Props) {
  const text = useText()
  if (!hasMore && total === undefined) return null
  return (
    <Center py="sm" px="md">
      <Group gap="md">
        {total !== undefined && (
          <Text fz="sm" c="dimmed" className="numbers">
            {text('list.shown', { shown, total })}
          </Text>
        )}
        {hasMore && (
          <Button variant="default" size="xs" loading={loading} onClick={onMore}>
            {text('list.more')}
          </Button>
        )}
      </Group>
    </Center>
  )
}
