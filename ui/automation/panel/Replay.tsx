import { Button, Group, Progress, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { type DryRun, getDryRun, startDryRun } from '../../../api/contract/automationPlay.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { Count } from '../../shared/Count.tsx'
import { useNotifyProblem } from '../../shared/notify.ts'
import { Sparkline } from '../../shared/Sparkline.tsx'
import { useMoney } from '../../shared/useMoney.ts'
import { useText } from '../../shared/useText.tsx'
import { type AutomationView, noNumbers } from '../automationView.ts'
import { useReasonWords } from '../live/useReasonWords.ts'
import { ReplayCustomers } from './ReplayCustomers.tsx'

const DAYS = 90
const EVERY = 700

type Props = {
  automation: Automation
  id: string
  view: AutomationView
  /** It has mistakes, and can't be replayed. */
  wrong: boolean
}

/** What would have happened if the automation had run for the last 90 days; the numbers stand on the canvas as well. */
export function Replay({ automation, id, view, wrong }: Props) {
  const text = useText()
  const notifyProblem = useNotifyProblem()
  const [started, setStarted] = useState<{ id: string; of: Automation } | null>(null)
  const start = useMutation({
    mutationFn: () =>
      call(startDryRun, { body: { definition: automation as unknown as Record<string, unknown>, id, days: DAYS } }),
    onSuccess: (run) => setStarted({ id: run.id, of: automation }),
    onError: notifyProblem,
  })
  const { data } = useQuery({
    queryKey: ['dry-run', started?.id],
    queryFn: ({ signal }) => call(getDryRun, { params: { id: started?.id ?? '' }, signal }),
    enabled: started !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? EVERY : false),
  })
  const isOf = started?.of === automation
  const done = started !== null && isOf && data?.state === 'done' ? data : undefined
  const reasonWords = useReasonWords(automation, view.words)
  const endWords = useCallback(
    (reason: string) => {
      const state = ENDS.find((one) => one === reason)
      return reasonWords(state === undefined ? { state: 'exited', reason } : { state, reason: '' })
    },
    [reasonWords],
  )
  useEffect(() => {
    view.numbers.set(done ? numbersOf(done, endWords) : noNumbers)
    return () => view.numbers.set(noNumbers)
  }, [done, endWords, view.numbers])
  const isRunning = start.isPending || (started !== null && isOf && (data === undefined || data.state === 'running'))
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.replay', { days: DAYS })}</h2>
      {done ? (
        <Figures run={done} automation={automation} words={view.words} />
      ) : isRunning ? (
        <Progress
          value={Math.max(4, (data?.progress ?? 0) * 100)}
          animated
          aria-label={text('automation.replay.running')}
        />
      ) : (
        <>
          {data?.state === 'failed' && isOf && (
            <Text fz="sm" role="alert" mb="xs">
              {data.error ?? text('error.title')}
            </Text>
          )}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconHistory size={15} />}
            disabled={wrong}
            onClick={() => start.mutate()}
          >
            {text(started === null ? 'automation.replay.start' : 'automation.replay.again')}
          </Button>
          <Text fz="xs" c="dimmed" mt={6}>
            {text(wrong ? 'automation.replay.wrong' : 'automation.replay.hint')}
          </Text>
        </>
      )}
    </section>
  )
}

/** What a replay calls the ends that are no exit of the definition. */
const ENDS = ['finished', 'goal', 'held_out'] as const

const numbersOf = (run: DryRun, endWords: (reason: string) => string) => ({
  kind: 'replay' as const,
  entered: run.entered,
  steps: new Map(
    run.steps.map(({ step, arrived, inside, ways }) => [step, { passed: arrived - inside, inside, ways }]),
  ),
  ends: run.ends.map(({ reason, count }) => ({ label: endWords(reason), count })),
})

type FiguresProps = { run: DryRun; automation: Automation; words: WordOptions }

function Figures({ run, automation, words }: FiguresProps) {
  const text = useText()
  const { format } = useMoney()
  const rows: readonly (readonly [string, number | string])[] = [
    [text('automation.replay.entered'), run.entered],
    [text('automation.replay.messages'), run.messages],
    [text('automation.replay.rewards'), run.rewards],
    ...(run.rewards > 0 && run.cost_at_most !== null
      ? [[text('automation.replay.cost'), format(run.cost_at_most)] as const]
      : []),
  ]
  return (
    <div aria-live="polite">
      {rows.map(([label, value]) => (
        <Group key={label} justify="space-between" gap="xs" wrap="nowrap">
          <Text fz="sm">{label}</Text>
          <Text fz="sm" fw={600} className="numbers">
            {typeof value === 'number' ? <Count value={value} /> : value}
          </Text>
        </Group>
      ))}
      {run.days.length > 1 && (
        <div style={{ marginTop: 8 }}>
          <Sparkline values={run.days.map(({ entered }) => entered)} label={text('automation.replay.trend')} />
        </div>
      )}
      {run.not_replayed.length > 0 && (
        <Text fz="xs" c="dimmed" mt={6}>
          {text('automation.replay.not', {
            what: run.not_replayed.map((kind) => text(`automation.on.${kind}` as 'automation.on.event')).join(', '),
          })}
        </Text>
      )}
      <ReplayCustomers run={run.id} count={run.customers} automation={automation} words={words} />
    </div>
  )
}
