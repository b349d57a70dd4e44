import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconMailForward } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { campaignQuery } from '../../client/campaigns.ts'
import { UndoSend } from '../../mailing/UndoSend.tsx'
import { useFailure } from '../../mailings/useFailure.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useText } from '../../shared/useText.tsx'
import { useWriteOn } from '../draft/useWriteOn.ts'
import { SubjectText } from '../subject/SubjectText.tsx'
import { CancelMailing } from './CancelMailing.tsx'
import { Figures } from './Figures.tsx'
import { isOver, parts } from './progress.ts'

/** How often progress is asked for while mails go out, in milliseconds. */
const EVERY = 1_000

/** A mailing on its way, to the end: how many went, how many could not, and how to stop the rest. */
export function SendProgress({ id, onAnother }: { id: string; onAnother: () => void }) {
  const text = useText()
  const query = useQuery({
    ...campaignQuery(id),
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : EVERY),
    retry: 3,
  })
  const writeOn = useWriteOn('copy')
  const failureOf = useFailure()
  const campaign = query.data
  if (campaign === undefined) {
    if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    return <RowsLoading rows={4} />
  }
  const over = isOver(campaign)
  return (
    <Paper p="lg" maw={720} mx="auto" component="section" aria-labelledby="composer-progress" data-testid="progress">
      <Stack gap="md">
        <Group gap={10} wrap="nowrap" align="flex-start">
          <StateIcon campaign={campaign} />
          <div>
            <Title order={2} fz="lg" id="composer-progress">
              <span role="status" data-state={campaign.state}>
                {text(`composer.state.${campaign.state}`, { sent: campaign.sent, total: campaign.total })}
              </span>
            </Title>
            <Text fz="sm" c="dimmed" dir="auto" component="div">
              <SubjectText subject={campaign.subject} />
            </Text>
          </div>
        </Group>
        <Progress.Root size={10} aria-label={text('composer.progress.label')}>
          {parts(campaign).map(({ name, share, color }) => (
            <Progress.Section key={name} value={share} color={color} aria-label={text(`composer.progress.${name}`)} />
          ))}
        </Progress.Root>
        <UndoSend mailing={campaign} />
        <Figures campaign={campaign} />
        {campaign.failure !== null && (
          <Alert color="red" variant="light">
            {failureOf(campaign.failure)}
          </Alert>
        )}
        {campaign.unconfirmed > 0 && (
          <Alert color="orange" variant="light">
            {text('composer.progress.unconfirmedHint', { count: campaign.unconfirmed })}
          </Alert>
        )}
        {query.error !== null && (
          <Text fz="sm" c="var(--attention)" role="alert">
            {text('composer.progress.lost')}
          </Text>
        )}
        <Group gap="xs">
          <Button
            variant={over ? 'filled' : 'default'}
            renderRoot={(props: object) => <Link {...props} to="/mailings/$id" params={{ id }} />}
          >
            {text('composer.progress.open')}
          </Button>
          <Button variant="default" onClick={onAnother}>
            {text('composer.progress.another')}
          </Button>
          {!over && <CancelMailing campaign={campaign} />}
          {campaign.state === 'cancelled' && campaign.audience === null && (
            <Button variant="default" loading={writeOn.isPending} onClick={() => writeOn.mutate(campaign)}>
              {text('composer.progress.writeOn')}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}

function StateIcon({ campaign }: { campaign: Campaign }) {
  if (campaign.state === 'sent') {
    return <IconCircleCheck size={28} stroke={1.6} color="var(--mantine-color-green-text)" aria-hidden="true" />
  }
  if (campaign.state === 'failed' || campaign.state === 'cancelled') {
    return <IconCircleX size={28} stroke={1.6} color="var(--attention)" aria-hidden="true" />
  }
  return <IconMailForward size={28} stroke={1.6} color="var(--mantine-color-green-text)" aria-hidden="true" />
}
