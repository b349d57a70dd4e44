import { Button, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import panel from '../../canvas/panel/panel.module.css'
import { customerEnrolmentsQuery } from '../../client/automations.ts'
import { CustomerLink } from '../../shared/CustomerLink.tsx'
import { useText } from '../../shared/useText.tsx'
import type { AutomationView } from '../automationView.ts'
import { WaySteps } from './WaySteps.tsx'

type Props = { automation: string; customer: string; view: AutomationView; onEnd: () => void }

/** The way of one customer through the automation: lit on the canvas, told in the panel. */
export function FollowedWay({ automation, customer, view, onEnd }: Props) {
  const text = useText()
  const { data } = useQuery({ ...customerEnrolmentsQuery(customer), refetchInterval: 5_000 })
  const way = data?.items.find((one) => one.automation.id === automation)
  useEffect(() => {
    if (!way) return
    const steps = new Set([...way.steps.map(({ step }) => step), ...(way.step === null ? [] : [way.step])])
    const ways = new Set(way.steps.flatMap(({ step, outcome }) => (outcome === null ? [] : [`${step}/${outcome}`])))
    view.way.set({ steps, ways, ended: way.state === 'finished' })
    return () => view.way.set(null)
  }, [way, view.way])
  return (
    <section className={panel.section} aria-label={text('automation.way')}>
      <h2 className={panel.heading}>{text('automation.way')}</h2>
      {way ? (
        <>
          <CustomerLink id={customer} name={way.customer.name} />
          <WaySteps way={way} />
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          {data ? text('automation.way.none') : text('state.loading')}
        </Text>
      )}
      <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconX size={14} />} onClick={onEnd}>
        {text('canvas.followed.end')}
      </Button>
    </section>
  )
}
