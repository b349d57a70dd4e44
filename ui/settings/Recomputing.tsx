import { Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { getRecomputing } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'

/** Fewer than that are the day's business, not a change of settings. */
const WORTH_SAYING = 200

/** How far it is with looking at everybody again, as long as that goes on. */
export function Recomputing() {
  const text = useText()
  const most = useRef(0)
  const { data } = useQuery({
    queryKey: ['settings', 'recomputing'],
    queryFn: ({ signal }) => call(getRecomputing, { signal }),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? 1_000 : 5_000),
  })
  const waiting = data?.waiting ?? 0
  most.current = waiting === 0 ? 0 : Math.max(most.current, waiting)
  if (most.current < WORTH_SAYING) return null
  return (
    <div role="status" style={{ marginTop: 16 }}>
      <Text fz="sm" mb={6}>
        {text('settings.zone.progress', { count: waiting })}
      </Text>
      <Progress value={(1 - waiting / most.current) * 100} aria-label={text('settings.zone.progressLabel')} />
    </div>
  )
}
