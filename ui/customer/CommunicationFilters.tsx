import { Group } from '@mantine/core'
import { channel } from '../../api/contract/common.ts'
import { deliveryKind } from '../../api/contract/deliveries.ts'
import type { CommunicationAsked } from '../client/customers.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'
import { SentSwitch } from './SentSwitch.tsx'

type Props = { asked: CommunicationAsked; onChange: (asked: CommunicationAsked) => void }

const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, count: null }))

/** What a customer's history is narrowed by: kind, channel, and whether it was sent at all. */
export function CommunicationFilters({ asked, onChange }: Props) {
  const text = useText()
  const set = (part: CommunicationAsked) => onChange({ ...asked, ...part })
  return (
    <Group gap={8} className={classes.filters} role="group" aria-label={text('deliveries.filters')}>
      <SentSwitch sent={asked.sent} onChange={(sent) => set({ sent })} />
      <ChoicesFilter
        title={text('deliveries.kind')}
        choices={choicesOf(deliveryKind.options)}
        chosen={asked.kind ?? []}
        labelOf={(value) => text(`kind.${deliveryKind.parse(value)}`)}
        onChange={(values) => set({ kind: values.flatMap((value) => deliveryKind.safeParse(value).data ?? []) })}
      />
      <ChoicesFilter
        title={text('deliveries.channel')}
        choices={choicesOf(channel.options)}
        chosen={asked.channel ?? []}
        labelOf={(value) => text(`channel.${channel.parse(value)}`)}
        onChange={(values) => set({ channel: values.flatMap((value) => channel.safeParse(value).data ?? []) })}
      />
    </Group>
  )
}
