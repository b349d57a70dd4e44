import { Badge, Button, Code, Table, Text } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { AuditLine } from '../../api/contract/audit.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { differencesOf, readable } from './differences.ts'
import { isKind } from './kinds.ts'

/** Lines of the audit trail; each opens to what was changed. */
export function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const text = useText()
  const [open, setOpen] = useState<string | null>(null)
  const whoIs = ({ actor }: AuditLine) =>
    actor.kind === 'key'
      ? text('audit.key', { name: actor.name })
      : actor.name === ''
        ? text('audit.nobody')
        : actor.name
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('audit.when')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('audit.who')}</Table.Th>
          <Table.Th>{text('audit.what')}</Table.Th>
          <Table.Th visibleFrom="md">{text('audit.where')}</Table.Th>
          <Table.Th w={60} aria-label={text('audit.show')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => {
          const { id, at, entity, method, route, status, address } = line
          const isOpen = open === id
          const hasMore = line.before !== null || line.after !== null
          return (
            <Fragment key={id}>
              <Table.Tr>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <Instant at={at} time />
                </Table.Td>
                <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                  {whoIs(line)}
                </Table.Td>
                <Table.Td>
                  <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
                    {isKind(entity.kind) ? text(`audit.kind.${entity.kind}`) : entity.kind}
                    {(entity.name || entity.id) !== '' && `: ${entity.name || entity.id}`}{' '}
                    {status >= 400 && (
                      <Badge size="sm" color="orange" variant="light">
                        {text('audit.refused')}
                      </Badge>
                    )}
                  </Text>
                  <Text fz="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                    {whoIs(line)}
                  </Text>
                  <Code visibleFrom="sm">
                    {method} {route}
                  </Code>
                </Table.Td>
                <Table.Td visibleFrom="md" c="dimmed">
                  {address}
                </Table.Td>
                <Table.Td>
                  {hasMore && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-expanded={isOpen}
                      aria-label={text(isOpen ? 'audit.hide' : 'audit.show')}
                      onClick={() => setOpen(isOpen ? null : id)}
                    >
                      {isOpen ? '−' : '+'}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
              {isOpen && (
                <Table.Tr>
                  <Table.Td colSpan={5}>
                    <Changes line={line} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

function Changes({ line: { before, after } }: { line: AuditLine }) {
  const text = useText()
  const changes = differencesOf(before, after)
  if (changes.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {text('audit.same')}
      </Text>
    )
  }
  const cell = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', verticalAlign: 'top' } as const
  return (
    <Table fz="xs" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('audit.field')}</Table.Th>
          <Table.Th>{text('audit.before')}</Table.Th>
          <Table.Th>{text('audit.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.path}>
            <Table.Td style={cell}>{change.path}</Table.Td>
            <Table.Td style={cell}>{readable(change.before)}</Table.Td>
            <Table.Td style={cell}>{readable(change.after)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
