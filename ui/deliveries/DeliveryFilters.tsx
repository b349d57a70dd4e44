import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { z } from 'zod'
import { channel } from '../../api/contract/common.ts'
import { deliveryState } from '../../api/contract/customers.ts'
import { type DeliveryFilter, deliveryKind, type getDeliveryFacets, reaction } from '../../api/contract/deliveries.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { DETAILS, isEmptyFilter } from './deliverySearch.ts'
import { PeriodFilter } from './PeriodFilter.tsx'
import { TemplatePills } from './TemplatePills.tsx'
import { useDetailText } from './useDetailText.ts'

type Props = {
  filter: DeliveryFilter
  facets: z.infer<typeof getDeliveryFacets.answer> | undefined
  onChange: (filter: DeliveryFilter) => void
}

/** What the history is narrowed by, each choice with the number of messages that it leaves. */
export function DeliveryFilters({ filter, facets, onChange }: Props) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const detailText = useDetailText()
  const set = (part: Partial<DeliveryFilter>) => onChange({ ...filter, ...part })
  const campaigns = new Map(facets?.campaign.map(({ value, label }) => [value, label]))
  const providers = new Map(facets?.provider.map(({ value, label }) => [value, label]))
  const isOfOneProvider = (facets?.provider.length ?? 0) < 2 && !filter.provider?.length
  return (
    <Group gap={8} role="group" aria-label={text('deliveries.filters')}>
      <TextFilter
        value={filter.text ?? ''}
        label={text('deliveries.search')}
        onChange={(value) => set({ text: value === '' ? undefined : value })}
      />
      <TemplatePills chosen={filter.template ?? []} onChange={(template) => set({ template })} />
      {DETAILS.flatMap((name) => {
        const value = filter[name]
        return value === undefined
          ? []
          : [
              <Button
                key={name}
                size="compact-sm"
                variant="light"
                maw="100%"
                rightSection={<IconX size={14} aria-hidden="true" />}
                onClick={() => set({ [name]: undefined })}
              >
                {detailText(name, value)}
              </Button>,
            ]
      })}
      <ChoicesFilter
        title={text('deliveries.campaign')}
        choices={facets?.campaign ?? []}
        chosen={filter.campaign ?? []}
        labelOf={(value) => subjectOf(campaigns.get(value ?? '') ?? value ?? '')}
        onChange={(campaign) => set({ campaign })}
      />
      <ChoicesFilter
        title={text('deliveries.reaction')}
        choices={facets?.reaction ?? []}
        chosen={filter.reaction ?? []}
        labelOf={(value) => text(`reaction.${reaction.parse(value)}`)}
        onChange={(values) => set({ reaction: values.flatMap((value) => reaction.safeParse(value).data ?? []) })}
      />
      <ChoicesFilter
        title={text('deliveries.state')}
        choices={facets?.state ?? []}
        chosen={filter.state ?? []}
        labelOf={(value) => text(`delivery.${deliveryState.parse(value)}`)}
        onChange={(values) => set({ state: values.flatMap((value) => deliveryState.safeParse(value).data ?? []) })}
      />
      <PeriodFilter from={filter.from} to={filter.to} onChange={set} />
      <ChoicesFilter
        title={text('deliveries.kind')}
        choices={facets?.kind ?? []}
        chosen={filter.kind ?? []}
        labelOf={(value) => text(`kind.${deliveryKind.parse(value)}`)}
        onChange={(values) => set({ kind: values.flatMap((value) => deliveryKind.safeParse(value).data ?? []) })}
      />
      {((facets?.channel.length ?? 0) > 1 || filter.channel?.length) && (
        <ChoicesFilter
          title={text('deliveries.channel')}
          choices={facets?.channel ?? []}
          chosen={filter.channel ?? []}
          labelOf={(value) => text(`channel.${channel.parse(value)}`)}
          onChange={(values) => set({ channel: values.flatMap((value) => channel.safeParse(value).data ?? []) })}
        />
      )}
      {!isOfOneProvider && (
        <ChoicesFilter
          title={text('deliveries.provider')}
          choices={facets?.provider ?? []}
          chosen={filter.provider ?? []}
          labelOf={(value) =>
            value === '~' ? text('deliveries.business') : (providers.get(value ?? '') ?? value ?? '')
          }
          onChange={(provider) => set({ provider })}
        />
      )}
      {!isEmptyFilter(filter) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
          {text('filter.clear')}
        </Button>
      )}
    </Group>
  )
}
