import { Alert, Button, Drawer, Group, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../api/contract/segments.ts'
import type { Day } from '../../rules/time.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { richTags, useText } from '../shared/useText.tsx'
import { playedDays, sumsOf } from './chartDays.ts'
import { DayChanges } from './DayChanges.tsx'
import { DaysShown } from './DaysShown.tsx'
import type { useBacktest } from './useBacktest.ts'

type Props = ReturnType<typeof useBacktest> & {
  opened: boolean
  onClose: () => void
  segment: Pick<Segment, 'id' | 'name' | 'rule'> | undefined
}

/** A rule over the last 90 days: how far it is, the numbers of each day, and who entered and left on a chosen one. */
export function BacktestDrawer({ opened, onClose, segment, ...played }: Props) {
  const { backtest, running, outdated, error, start, cancel } = played
  const text = useText()
  const [chosen, setChosen] = useState<Day>()
  const days = backtest ? playedDays(backtest) : []
  const sums = sumsOf(days)
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="min(760px, 100vw)" title={text('backtest.title')}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {text('backtest.hint')}
        </Text>
        {running && (
          <Group gap="sm" wrap="nowrap">
            <Progress
              flex={1}
              value={(backtest?.progress ?? 0) * 100}
              aria-label={text('backtest.progress', { part: backtest?.progress ?? 0 })}
            />
            <Text fz="sm" className="numbers" role="status">
              {text('backtest.progress', { part: backtest?.progress ?? 0 })}
            </Text>
            <Button size="xs" variant="default" disabled={backtest === undefined} onClick={cancel}>
              {text('backtest.cancel')}
            </Button>
          </Group>
        )}
        {!running && (outdated || backtest?.state === 'cancelled' || backtest?.state === 'failed') && (
          <Alert color={backtest?.state === 'failed' ? 'red' : 'gray'} role="status">
            <Stack gap="xs" align="flex-start">
              {outdated
                ? text('backtest.outdated')
                : backtest?.state === 'failed'
                  ? text('backtest.failed')
                  : text('backtest.cancelled', { days: days.length })}
              <Button size="xs" variant="default" onClick={start}>
                {text('backtest.again')}
              </Button>
            </Stack>
          </Alert>
        )}
        {error !== null && backtest === undefined && <ErrorState error={error} onRetry={start} />}
        {days.length > 0 && (
          <>
            <Text aria-live="polite">
              <FormattedMessage
                id={sums.entered + sums.left === 0 ? 'backtest.nothing' : 'backtest.sums'}
                values={{ ...richTags, ...sums, days: days.length }}
              />
            </Text>
            <DaysShown days={days} chosen={chosen} onChoose={setChosen} />
          </>
        )}
        {backtest && chosen !== undefined ? (
          <DayChanges key={`${backtest.id} ${chosen}`} backtest={backtest} day={chosen} segment={segment} />
        ) : (
          days.length > 0 &&
          sums.entered + sums.left > 0 && (
            <Text fz="sm" c="dimmed">
              {text('backtest.choose')}
            </Text>
          )
        )}
      </Stack>
    </Drawer>
  )
}
