import { Button, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { walkAutomation } from '../../../api/contract/automationPlay.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { FindCustomer } from '../../canvas/panel/FindCustomer.tsx'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import type { AutomationView } from '../automationView.ts'
import { Walked } from './Walked.tsx'

type Props = { automation: Automation; view: AutomationView; wrong: boolean }

/** Walks one customer through what is drawn, with the time skipped: what they would get and when. Nothing is sent. */
export function WalkThrough({ automation, view, wrong }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [customer, setCustomer] = useState<string | null>(null)
  const { data, error } = useQuery({
    queryKey: ['walk', automation, customer],
    queryFn: ({ signal }) =>
      call(walkAutomation, {
        body: { definition: automation as unknown as Record<string, unknown>, customer: customer ?? '' },
        signal,
      }),
    enabled: customer !== null && !wrong,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const events = customer === null ? undefined : data?.events
  useEffect(() => {
    if (events === undefined) return
    const steps = new Set(events.flatMap(({ step }) => step ?? []))
    const ways = new Set(events.flatMap(({ step, way }) => (step === null || way === null ? [] : [`${step}/${way}`])))
    view.way.set({ steps, ways, ended: events.some(({ what }) => what === 'finished') })
    return () => view.way.set(null)
  }, [events, view.way])
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.walk')}</h2>
      <FindCustomer onFollow={setCustomer} label={text('automation.walk.find')} />
      {customer === null && (
        <Text fz="xs" c="dimmed" mt={6}>
          {text('automation.walk.hint')}
        </Text>
      )}
      {customer !== null && error && (
        <Text fz="sm" role="alert" mt={8}>
          {problemText(error)}
        </Text>
      )}
      {events && (
        <div style={{ marginTop: 10 }} aria-live="polite">
          <Walked events={events} automation={automation} words={view.words} />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconX size={14} />}
            onClick={() => setCustomer(null)}
          >
            {text('canvas.followed.end')}
          </Button>
        </div>
      )}
    </section>
  )
}
