import { Stack, Text, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Nothing here: says why and what to do next, with the button for it. */
export function EmptyState(props: { icon: Icon; title: string; text: ReactNode; action?: ReactNode }) {
  const { icon: Sign, title, text, action } = props
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <Sign size={36} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden="true" />
      <Title order={2} fz="md">
        {title}
      </Title>
      <Text c="dimmed" fz="sm" maw={440} component="div">
        {text}
      </Text>
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  )
}
