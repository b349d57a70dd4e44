import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Preflight } from '../../../api/contract/orders.ts'
import type { Channel } from '../../shared/channels.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { useText } from '../../shared/useText.tsx'
import { LeftOut } from './LeftOut.tsx'
import type { Asked } from './MoreLeftOut.tsx'

type Props = {
  preflight: UseQueryResult<Preflight>
  /** What is counted: the customers behind a number are asked for with it. */
  asked: Asked
  channel: Channel
  label: string
  mistakes: readonly string[]
}

/** Who gets the message, and who is left out and why. */
export function AudiencePanel({ preflight, asked, channel, label, mistakes }: Props) {
  const text = useText()
  return (
    <Paper component="section" aria-labelledby="composer-audience" py={12}>
      <Title order={2} fz="sm" px={14} pb={6} id="composer-audience">
        {text('composer.audience.title')}
      </Title>
      {mistakes.map((mistake) => (
        <Text key={mistake} fz="sm" c="var(--mantine-color-error)" px={14} role="alert">
          {mistake}
        </Text>
      ))}
      {preflight.data !== undefined && (
        <LeftOut preflight={preflight.data} asked={asked} channel={channel} label={label} />
      )}
      {preflight.data === undefined && preflight.error === null && (
        <Stack gap={12} px={14} py={8} role="status" aria-label={text('state.loading')}>
          <Skeleton height={12} width="70%" />
          <Skeleton height={12} width="55%" />
          <Skeleton height={12} width="62%" />
        </Stack>
      )}
      {preflight.error !== null && <ErrorState error={preflight.error} onRetry={() => void preflight.refetch()} />}
    </Paper>
  )
}
