import { Button, SegmentedControl, Table, Text } from '@mantine/core'
import { IconDownload, IconFileImport } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportFile, ImportKind } from '../../api/contract/imports.ts'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { DropZone } from './DropZone.tsx'
import { ImportBadge } from './ImportBadge.tsx'
import classes from './imports.module.css'
import { importQuery, importsQuery } from './importsQuery.ts'
import { uploadFile } from './uploadFile.ts'

const KINDS: readonly ImportKind[] = ['customers', 'bookings', 'memberships', 'payments']

/** Files of customers and of what they did: a new one, and those that were taken in. */
export function ImportsPage() {
  const text = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [kind, setKind] = useState<ImportKind>('customers')
  const [progress, setProgress] = useState<number | null>(null)
  const files = useInfiniteQuery(importsQuery)
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, kind, setProgress),
    onMutate: () => setProgress(0),
    onSuccess: (file) => {
      queries.setQueryData(importQuery(file.id).queryKey, file)
      void queries.invalidateQueries({ queryKey: importsQuery.queryKey })
      void navigate({ to: '/imports/$id', params: { id: file.id } })
    },
    onError: notifyProblem,
    onSettled: () => setProgress(null),
  })
  return (
    <Page
      title={text('imports.title')}
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={17} />}
          renderRoot={(rest: object) => <Link {...rest} to="/exports" />}
        >
          {text('imports.toExports')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <div>
          <Text fz="sm" c="dimmed" mb="sm" maw={760}>
            {text('imports.lead')}
          </Text>
          <div className={classes.wide}>
            <SegmentedControl
              mb="sm"
              aria-label={text('imports.kind')}
              value={kind}
              onChange={(next) => setKind(next as ImportKind)}
              data={KINDS.map((value) => ({ value, label: text(`imports.kind.${value}`) }))}
            />
          </div>
          <DropZone onFile={(file) => upload.mutate(file)} progress={progress} />
        </div>
        <ListPanel>
          <PagedList
            query={files}
            loading={{ rows: 4 }}
            empty={
              <EmptyState icon={IconFileImport} title={text('imports.emptyTitle')} text={text('imports.emptyText')} />
            }
          >
            {(items) => <Files files={items} />}
          </PagedList>
        </ListPanel>
      </div>
    </Page>
  )
}

function Files({ files }: { files: readonly ImportFile[] }) {
  const text = useText()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('imports.file')}</Table.Th>
          <Table.Th>{text('imports.state')}</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            {text('imports.rows')}
          </Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            {text('imports.refused')}
          </Table.Th>
          <Table.Th visibleFrom="md">{text('imports.by')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('imports.when')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={file.id}>
            <Table.Td>
              <Text
                fz="sm"
                fw={550}
                c="var(--mantine-color-anchor)"
                style={{ overflowWrap: 'anywhere' }}
                renderRoot={(rest: object) => <Link {...rest} to="/imports/$id" params={{ id: file.id }} />}
              >
                {file.name}
              </Text>
              <Text fz="xs" c="dimmed">
                {text(`imports.kind.${file.kind}`)}
              </Text>
            </Table.Td>
            <Table.Td>
              <ImportBadge file={file} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              <Count value={file.total} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              <Count value={file.rejected} />
            </Table.Td>
            <Table.Td visibleFrom="md">{file.created_by}</Table.Td>
            <Table.Td visibleFrom="sm" c="dimmed">
              <Ago at={file.created_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
