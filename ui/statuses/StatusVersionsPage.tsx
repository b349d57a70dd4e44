import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { StatusAutomation, StatusVersion } from '../../api/contract/statusAutomation.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { StatusChanges } from './StatusChanges.tsx'
import { automationQuery, statusVersionsQuery } from './statusDraft.ts'
import { useStatusDraft } from './useStatusDraft.ts'

/** The rules of the status automation as they were saved, with what each saving changed, and the way back. */
export function StatusVersionsPage() {
  const text = useText()
  const saved = useQuery(automationQuery)
  const versions = useQuery(statusVersionsQuery)
  const error = saved.error ?? versions.error
  const retry = () => {
    void saved.refetch()
    void versions.refetch()
  }
  return (
    <Page title={text('statuses.versions.title')} back={{ to: '/settings/statuses' }}>
      {saved.data && versions.data ? (
        versions.data.items.length > 0 ? (
          <Versions saved={saved.data} versions={versions.data.items} />
        ) : (
          <ListPanel>
            <EmptyState
              icon={IconHistory}
              title={text('statuses.versions.title')}
              text={text('statuses.versions.none')}
            />
          </ListPanel>
        )
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={retry} /> : <RowsLoading rows={5} />}</ListPanel>
      )}
    </Page>
  )
}

function Versions({ saved, versions }: { saved: StatusAutomation; versions: readonly StatusVersion[] }) {
  const text = useText()
  const navigate = useNavigate()
  const mayChange = useMay('statuses.write')
  const { takeUp } = useStatusDraft(saved)
  return (
    <Stack component="ol" gap="sm" maw={860} p={0} m={0} style={{ listStyle: 'none' }}>
      {versions.map((one, place) => {
        const { version, anew, created_at, created_by } = one
        const before = versions[place + 1]
        const isNewest = version === saved.version
        return (
          <Paper component="li" key={version} p="md" aria-label={text('version.title', { version })}>
            <Group justify="space-between" align="flex-start" gap="sm">
              <div>
                <Group gap={8}>
                  <Text fw={600}>{text('version.title', { version })}</Text>
                  {isNewest && <Badge color="green">{text('statuses.versions.now')}</Badge>}
                </Group>
                <Text fz="sm" c="dimmed">
                  {created_by ?? text('statuses.versions.shipped')} · <Instant at={created_at} time />
                </Text>
              </div>
              {mayChange && !isNewest && (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={text('statuses.versions.takeUpOf', { version })}
                  onClick={() => {
                    takeUp(one)
                    void navigate({ to: '/settings/statuses' })
                  }}
                >
                  {text('statuses.versions.takeUp')}
                </Button>
              )}
            </Group>
            {before && <StatusChanges before={before} after={one} />}
            {anew && (
              <Text fz="sm" c="dimmed">
                {text('statuses.versions.anew')}
              </Text>
            )}
          </Paper>
        )
      })}
      {mayChange && versions.length > 1 && (
        <Text component="li" fz="sm" c="dimmed">
          {text('statuses.versions.hint')}
        </Text>
      )}
    </Stack>
  )
}
