import { Button, Group, SimpleGrid, Title } from '@mantine/core'
import type { Day } from '../../rules/time.ts'
import { Day as DayText } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { ChangeList } from './ChangeList.tsx'

type Props = { id: string; day: Day; onBack: () => void }

/** Who enters and leaves on one of the days to come. */
export function ComingDay({ id, day, onBack }: Props) {
  const text = useText()
  return (
    <section aria-live="polite">
      <Group justify="space-between" mb="xs">
        <Title order={3} fz="md">
          <DayText day={day} />
        </Title>
        <Button size="compact-sm" variant="subtle" onClick={onBack}>
          {text('forecast.all')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <ChangeList id={id} day={day} entered title={text('forecast.entering')} />
        <ChangeList id={id} day={day} entered={false} title={text('forecast.leaving')} />
      </SimpleGrid>
    </section>
  )
}
