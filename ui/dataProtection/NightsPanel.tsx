import { Badge, Button, Group, Table, Text } from '@mantine/core'
import { IconMoonStars } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type RetentionRun, startRetentionRun } from '../../api/contract/retention.ts'
import { ALWAYS_KINDS, type AlwaysKind, RETENTION_KINDS, type RetentionKind } from '../../rules/retention/kinds.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { itemsOf, PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { erasuresQuery } from './erasuresQuery.ts'
import { PreviewDialog } from './PreviewDialog.tsx'
import classes from './Retention.module.css'
import { nightsQuery } from './retentionQuery.ts'

/** What was removed in which night. */
export function NightsPanel() {
  const text = useText()
  const mayRemove = useMay('privacy.write')
  const nights = useInfiniteQuery(nightsQuery)
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(startRetentionRun, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: nightsQuery.queryKey }),
    onError: notifyProblem,
    onSettled: () => setAsking(false),
  })
  const isAtWork = itemsOf(nights).some(({ state }) => state === 'running')
  const erased = itemsOf(nights)[0]?.parts.find(({ kind }) => kind === 'customers')?.removed ?? 0
  // who was erased stands in a list on the same page
  useEffect(() => {
    if (erased > 0) void queries.invalidateQueries({ queryKey: erasuresQuery.queryKey })
  }, [erased, queries])
  return (
    <ListPanel>
      <Group justify="space-between" px="md" pt="md">
        <h2 className={classes.title}>{text('retention.nights')}</h2>
        {mayRemove && (
          <Button size="xs" variant="default" disabled={isAtWork} onClick={() => setAsking(true)}>
            {text('retention.now')}
          </Button>
        )}
      </Group>
      <PagedList
        query={nights}
        loading={{ rows: 3 }}
        empty={
          <EmptyState icon={IconMoonStars} title={text('retention.emptyTitle')} text={text('retention.emptyText')} />
        }
      >
        {(items) => (
          <Table aria-label={text('retention.nights')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('retention.begun')}</Table.Th>
                <Table.Th>{text('retention.what')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('privacy.by')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('privacy.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((night) => (
                <Table.Tr key={night.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
                    <Instant at={night.started_at} time />
                  </Table.Td>
                  <Table.Td>
                    <Removed parts={night.parts} />
                  </Table.Td>
                  <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                    {night.asked_by ?? text('retention.clock')}
                  </Table.Td>
                  <Table.Td visibleFrom="sm" style={{ verticalAlign: 'top' }}>
                    <Badge color={night.state === 'running' ? 'blue' : 'green'}>
                      {text(`retention.${night.state}`)}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
      {asking && (
        <PreviewDialog
          when="now"
          change={{}}
          title={text('retention.nowTitle')}
          onClose={() => setAsking(false)}
          act={{ label: text('retention.nowDo'), onDo: () => remove.mutate(), loading: remove.isPending }}
        />
      )}
    </ListPanel>
  )
}

const isKnown = (kind: string): kind is RetentionKind | AlwaysKind =>
  [...RETENTION_KINDS, ...ALWAYS_KINDS].some((one) => one === kind)

function Removed({ parts }: { parts: RetentionRun['parts'] }) {
  const text = useText()
  // a kind that a later version has made is called what the API calls it
  const counted = ({ kind, removed: count }: RetentionRun['parts'][number]) =>
    isKnown(kind) ? text(`retention.count.${kind}`, { count, more: false }) : `${kind}: ${count}`
  const removed = parts.filter((part) => part.removed > 0)
  return (
    <>
      <Text fz="sm">{removed.length > 0 ? removed.map(counted).join(', ') : text('retention.none')}</Text>
      {parts
        .filter(({ held }) => held > 0)
        .map(({ kind, held }) => (
          <Text key={kind} fz="xs" c="dimmed">
            {text('retention.kept', { count: held })}
          </Text>
        ))}
      {parts
        .filter(({ state }) => state === 'failed')
        .map(({ kind, error }) => (
          <Text key={kind} fz="xs" c="var(--mantine-color-error)">
            {text('retention.failed', { kind: isKnown(kind) ? text(`retention.kind.${kind}`) : kind, error })}
          </Text>
        ))}
    </>
  )
}
