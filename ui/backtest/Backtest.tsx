import { Button, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import { useText } from '../shared/useText.tsx'
import { BacktestDrawer } from './BacktestDrawer.tsx'
import { type Played, useBacktest } from './useBacktest.ts'

type Props = Played & {
  /** The segment whose rule this is or is to become: for why somebody was in it on a day. */
  segment?: Pick<Segment, 'id' | 'name' | 'rule'> | undefined
  /** The rule has mistakes: it can't be played. */
  wrong?: boolean
}

/** What a rule would have done over the last 90 days: a button that plays it, and the drawer with what came of it. */
export function Backtest({ segment, wrong = false, ...played }: Props) {
  const text = useText()
  const backtest = useBacktest(played)
  const [opened, setOpened] = useState(false)
  const open = () => {
    setOpened(true)
    if (!backtest.running && (backtest.backtest === undefined || backtest.outdated)) backtest.start()
  }
  return (
    <>
      <Button
        variant="default"
        size="xs"
        fullWidth
        mt={10}
        leftSection={<IconHistory size={16} aria-hidden="true" />}
        disabled={wrong}
        onClick={open}
      >
        {text('backtest.open')}
      </Button>
      {backtest.running && !opened && (
        <Text fz="xs" c="dimmed" mt={4} role="status">
          {text('backtest.progress', { part: backtest.backtest?.progress ?? 0 })}
        </Text>
      )}
      <BacktestDrawer opened={opened} onClose={() => setOpened(false)} segment={segment} {...backtest} />
    </>
  )
}
