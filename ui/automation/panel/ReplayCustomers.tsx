import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listDryRunCustomers } from '../../../api/contract/automationPlay.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { CustomerLink } from '../../shared/CustomerLink.tsx'
import { Instant } from '../../shared/Instant.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { Walked } from './Walked.tsx'

const SHOWN = 20

type Props = { run: string; count: number; automation: Automation; words: WordOptions }

/** Who would have entered in a replay, and what each would have got and when. */
export function ReplayCustomers({ run, count, automation, words }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [isOpen, setOpen] = useState(false)
  const [shown, show] = useState<string | null>(null)
  const { data, error } = useQuery({
    queryKey: ['dry-run', run, 'customers'],
    queryFn: ({ signal }) => call(listDryRunCustomers, { params: { id: run }, query: { limit: SHOWN }, signal }),
    enabled: isOpen,
  })
  if (count === 0) return null
  if (!isOpen) {
    return (
      <Button variant="subtle" size="compact-sm" mt={6} onClick={() => setOpen(true)}>
        {text('automation.replay.customers', { count })}
      </Button>
    )
  }
  if (error) return <Text fz="sm">{problemText(error)}</Text>
  return (
    <ul className={panel.customers}>
      {data?.items.map((way) => {
        const key = `${way.customer.id} ${way.entered_at}`
        return (
          <li key={key}>
            <div className={panel.customer}>
              <span className={panel.customerName}>
                <CustomerLink id={way.customer.id} name={way.customer.name} />
                <Text fz="xs" c="dimmed">
                  <Instant at={way.entered_at} />
                </Text>
              </span>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-expanded={shown === key}
                onClick={() => show(shown === key ? null : key)}
              >
                {text('automation.replay.way')}
              </Button>
            </div>
            {shown === key && <Walked events={way.events} automation={automation} words={words} />}
          </li>
        )
      })}
    </ul>
  )
}
