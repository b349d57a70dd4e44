import { Anchor, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getSettings } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { SettingsForm } from './SettingsForm.tsx'

/** What holds for the whole business. */
export function SettingsPage() {
  const text = useText()
  const maySeeUsers = useMay('users.read')
  const maySeeStatuses = useMay('statuses.read')
  const maySeeSecrets = useMay('settings.write')
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => call(getSettings, { signal }),
  })
  return (
    <Page title={text('settings.title')}>
      {maySeeStatuses && (
        <Text mb="md" fz="sm">
          <Anchor renderRoot={(rest: object) => <Link {...rest} to="/settings/statuses" />}>
            {text('statuses.open')}
          </Anchor>
        </Text>
      )}
      {maySeeUsers && (
        <Group mb="md" gap="lg" fz="sm">
          {(['users', 'keys', 'audit'] as const).map((page) => (
            <Anchor key={page} fz="sm" renderRoot={(rest: object) => <Link {...rest} to={`/settings/${page}`} />}>
              {text(`${page}.title`)}
            </Anchor>
          ))}
        </Group>
      )}
      {maySeeSecrets && (
        <Text mb="md" fz="sm">
          <Anchor renderRoot={(rest: object) => <Link {...rest} to="/settings/automation-webhooks" />}>
            {text('webhookSecret.open')}
          </Anchor>
        </Text>
      )}
      {data ? (
        <SettingsForm settings={data} />
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={7} />}</ListPanel>
      )}
    </Page>
  )
}
