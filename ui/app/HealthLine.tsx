import { Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useIntl } from 'react-intl'
import { healthQuery } from '../client/home.ts'
import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'
import classes from './HealthLine.module.css'
import { type Health, troublesOf } from './health.ts'

/** What it means that a part is away. */
export const ADVICE = {
  api: 'health.apiDown',
  database: 'health.databaseDown',
  temporal: 'health.temporalDown',
  worker: 'health.workerDown',
} as const satisfies Record<string, MessageId>

/** One line at the foot of the navigation: all systems running, or which is not. A click shows each of them. */
export function HealthLine() {
  const text = useText()
  const intl = useIntl()
  const { data, error } = useQuery(healthQuery)
  const health: Health = error ? 'unreachable' : (data ?? 'asking')
  const troubles = troublesOf(health)
  const down = intl.formatList(troubles.map((part) => text(`health.${part}`)))
  const line =
    health === 'asking'
      ? text('health.asking')
      : troubles.length === 0
        ? text('health.well')
        : text('health.downLine', { parts: down })

  return (
    <Popover position="top-start" width={280} shadow="md" withRoles>
      <Popover.Target>
        <UnstyledButton className={classes.line} data-trouble={troubles.length > 0 || undefined}>
          <span className={classes.dot} aria-hidden="true" />
          <span role="status">{line}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={text('health.title')}>
        <Stack gap={6}>
          {typeof health === 'object' &&
            (['database', 'temporal', 'worker'] as const).map((part) => (
              <div key={part} className={classes.part}>
                <span>{text(`health.${part}`)}</span>
                <Text span c={health[part].up ? 'dimmed' : 'orange'} fz="sm">
                  {text(health[part].up ? 'health.up' : 'health.down')}
                </Text>
              </div>
            ))}
          {troubles.map((part) => (
            <Text key={part} fz="sm">
              {text(ADVICE[part])}
            </Text>
          ))}
          {troubles.length === 0 && health === 'asking' && <Text fz="sm">{text('health.asking')}</Text>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
