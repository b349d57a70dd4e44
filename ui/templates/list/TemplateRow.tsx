import { ActionIcon, Badge, Group, Menu, Table, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { changeTemplate, createTemplate, type TemplateSummary } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import row from '../../mailings/MailingRow.module.css'
import { ownName } from '../../messages/index.ts'
import { Ago } from '../../shared/Ago.tsx'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useReadableSubject } from '../../shared/useReadableSubject.ts'
import { useText } from '../../shared/useText.tsx'

/** One template of the list; the whole row opens it, for the keyboard there is the link on the name. */
export function TemplateRow({ template }: { template: TemplateSummary }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { id, name, archived, version, draft } = template
  const archive = useMutation({
    mutationFn: () => call(changeTemplate, { params: { id }, body: { archived: !archived } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['templates'] })
      notifyDone(text(archived ? 'templates.takenOut' : 'templates.putAway', { name }))
    },
    onError: notifyProblem,
  })
  const copy = useMutation({
    mutationFn: () => call(createTemplate, { body: { name: text('templates.copyName', { name }), copy_of: id } }),
    onSuccess: (made) => void navigate({ to: '/templates/$id', params: { id: made.id } }),
    onError: notifyProblem,
  })
  return (
    <Table.Tr className={row.row} onClick={() => void navigate({ to: '/templates/$id', params: { id } })}>
      <Table.Td>
        <Link to="/templates/$id" params={{ id }} className={row.name} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
        <Text fz="sm" c="dimmed" lineClamp={1}>
          {subjectOf(template.subject)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          {version > 0 && <Badge color="green">{text('version.title', { version })}</Badge>}
          {draft !== null && <Badge color="gray">{text('version.draft')}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed">
        {ownName(template.language)}
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed" className="numbers" onClick={(event) => event.stopPropagation()}>
        <Link to="/templates/$id/uses" params={{ id }} className={row.name} style={{ fontWeight: 400 }}>
          {text('templates.usedByMailings', { count: template.used_by })}
        </Link>
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        <Ago at={draft?.updated_at ?? template.updated_at} />
        {draft !== null && (
          <Text fz="xs" c="dimmed">
            {draft.updated_by}
          </Text>
        )}
      </Table.Td>
      <Table.Td w={54} onClick={(event) => event.stopPropagation()}>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon size={32} aria-label={text('templates.menu', { name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => copy.mutate()}>
              {text('template.act.duplicate')}
            </Menu.Item>
            <Menu.Item
              leftSection={archived ? <IconArchiveOff size={15} /> : <IconArchive size={15} />}
              onClick={() => archive.mutate()}
            >
              {text(archived ? 'templates.takeOut' : 'templates.putAwayAct')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  )
}
