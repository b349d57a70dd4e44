import { SimpleGrid, Title } from '@mantine/core'
import { useState } from 'react'
import type { Backtest, BacktestChange } from '../../api/contract/backtests.ts'
import type { Segment } from '../../api/contract/segments.ts'
import type { Day } from '../../rules/time.ts'
import { Why } from '../segment/Why.tsx'
import { Day as DayText } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { ChangeList } from './ChangeList.tsx'

type Props = {
  backtest: Backtest
  day: Day
  segment: Pick<Segment, 'id' | 'name' | 'rule'> | undefined
}

/** Who would have entered and left on a day, each with why they were in it or not at that day's end. */
export function DayChanges({ backtest, day, segment }: Props) {
  const text = useText()
  const [asked, setAsked] = useState<BacktestChange | null>(null)
  return (
    <section aria-live="polite">
      <Title order={3} fz="md" mb="xs">
        <DayText day={day} />
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {[true, false].map((entered) => (
          <ChangeList
            key={String(entered)}
            id={backtest.id}
            title={text(entered ? 'backtest.entered' : 'backtest.left')}
            day={day}
            entered={entered}
            onWhy={segment === undefined ? undefined : setAsked}
          />
        ))}
      </SimpleGrid>
      {segment && (
        <Why
          segment={segment}
          customer={asked?.customer ?? null}
          provider={asked?.provider ?? undefined}
          asOf={asked?.at}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
