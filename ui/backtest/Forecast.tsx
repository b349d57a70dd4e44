import { Button, Drawer, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../api/contract/segments.ts'
import type { Day } from '../../rules/time.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { richTags, useText } from '../shared/useText.tsx'
import { ComingDay } from './ComingDay.tsx'
import { ComingList } from './ComingList.tsx'
import { comingDays, sumsOf } from './chartDays.ts'
import { DaysShown } from './DaysShown.tsx'
import { useForecast } from './useForecast.ts'

type Props = { segment: Pick<Segment, 'id' | 'members' | 'version'> }

/** Who enters and leaves a segment in the next 14 days if nothing happens: the numbers, and in a drawer each day and who. */
export function Forecast({ segment }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const forecast = useForecast(segment)
  const { first, error } = forecast
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState<Day>()
  if (first === undefined) {
    return error === null ? null : (
      <Text fz="xs" c="var(--mantine-color-error)" mt={8} role="alert">
        {problemText(error)}
      </Text>
    )
  }
  if (first.state === 'running') {
    return (
      <Text fz="xs" c="dimmed" mt={8} role="status">
        {text('forecast.progress', { part: first.progress })}
      </Text>
    )
  }
  const days = comingDays(first)
  const sums = sumsOf(days)
  const nothing = sums.entered + sums.left === 0
  const line = (
    <FormattedMessage id={nothing ? 'forecast.nothing' : 'forecast.sums'} values={{ ...richTags, ...sums }} />
  )
  return (
    <>
      <Text fz="sm" mt={8}>
        {line}
      </Text>
      {!nothing && (
        <Button variant="default" size="xs" fullWidth mt={6} onClick={() => setOpened(true)}>
          {text('forecast.open')}
        </Button>
      )}
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size="min(760px, 100vw)"
        title={text('forecast.title')}
      >
        <Stack gap="md">
          <Text fz="sm" c="dimmed">
            {text('forecast.hint')}
          </Text>
          <Text>{line}</Text>
          <DaysShown days={days} chosen={chosen} onChoose={setChosen} />
          {chosen === undefined ? (
            <ComingList forecast={forecast} />
          ) : (
            <ComingDay id={first.id} day={chosen} onBack={() => setChosen(undefined)} />
          )}
        </Stack>
      </Drawer>
    </>
  )
}
