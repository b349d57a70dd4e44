import { Alert, Anchor, List } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Automation } from '../../api/contract/automations.ts'
import { useText } from '../shared/useText.tsx'

/** The automations in which customers stand at a step that failed: nothing happens to them until somebody looks. */
export function Attention({ automations }: { automations: readonly Automation[] }) {
  const text = useText()
  const failing = automations.filter(({ numbers }) => numbers.failed > 0)
  if (failing.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      icon={<IconAlertCircle size={18} />}
      title={text('automations.attention', { count: failing.reduce((sum, { numbers }) => sum + numbers.failed, 0) })}
    >
      <List size="sm">
        {failing.map(({ id, name, numbers }) => (
          <List.Item key={id}>
            <Anchor
              c="inherit"
              underline="always"
              renderRoot={(rest: object) => (
                <Link {...rest} to="/automations/$id" params={{ id }} search={{ mode: 'live', show: 'failed' }} />
              )}
            >
              {text('automations.attention.one', { name, count: numbers.failed })}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
