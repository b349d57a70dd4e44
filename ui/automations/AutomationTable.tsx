import { Badge, Box, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Automation } from '../../api/contract/automations.ts'
import { ManageMenu } from '../automation/manage/ManageMenu.tsx'
import classes from '../segments/SegmentsPage.module.css'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import { StateBadge } from './StateBadge.tsx'

/** The automations with their numbers. */
export function AutomationTable({ automations }: { automations: readonly Automation[] }) {
  const text = useText()
  return (
    <Table highlightOnHover verticalSpacing={9} className={classes.table ?? ''} aria-label={text('automations.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('automations.name')}</Table.Th>
          <Table.Th visibleFrom="xs">{text('automations.state')}</Table.Th>
          <Table.Th visibleFrom="md">{text('automations.version')}</Table.Th>
          <Table.Th ta="right">{text('automations.inside')}</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            {text('automations.entered')}
          </Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            {text('automations.failed')}
          </Table.Th>
          <Table.Th>
            <VisuallyHidden>{text('automations.more')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {automations.map((automation) => (
          <Row key={automation.id} automation={automation} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** The whole row opens it; for the keyboard there is the link on its name. */
function Row({ automation }: { automation: Automation }) {
  const text = useText()
  const navigate = useNavigate()
  const { id, name, note, state, version, draft, numbers } = automation
  const target = { to: '/automations/$id', params: { id } } as const
  return (
    <Table.Tr className={classes.row} onClick={() => void navigate(target)}>
      <Table.Td>
        <Link {...target} className={classes.name} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
        <Text fz="xs" c="dimmed" className={classes.note} title={note} visibleFrom="sm">
          {note}
        </Text>
        <Group gap={6} mt={4} hiddenFrom="sm">
          <Box hiddenFrom="xs">
            <StateBadge state={state} />
          </Box>
          {numbers.failed > 0 && (
            <Badge color="red" variant="light" leftSection={<IconAlertCircle size={13} />}>
              {text('automation.failed', { count: numbers.failed })}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <StateBadge state={state} />
      </Table.Td>
      <Table.Td visibleFrom="md" className={classes.oneLine} c="dimmed">
        {version === 0 ? '' : text('canvas.version', { version })}
        {draft && version > 0 && ` · ${text('automations.draft')}`}
      </Table.Td>
      <Table.Td ta="right" fz="md">
        <Count value={numbers.inside} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        <Count value={numbers.entered_30_days} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm" c="dimmed">
        {numbers.failed > 0 ? (
          <Badge color="red" variant="light" leftSection={<IconAlertCircle size={13} />}>
            {text('automation.failed', { count: numbers.failed })}
          </Badge>
        ) : (
          <Count value={0} />
        )}
      </Table.Td>
      <Table.Td w={50} onClick={(event) => event.stopPropagation()}>
        <ManageMenu automation={automation} />
      </Table.Td>
    </Table.Tr>
  )
}
