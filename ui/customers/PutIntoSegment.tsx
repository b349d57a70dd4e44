import { Modal, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { segmentsQuery } from '../client/segments.ts'
import { ConfirmDecision, type Whom } from '../segment/byHand/ConfirmDecision.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'

type Props = { whom: Whom; count: number; onClose: () => void }

/** Puts those who are picked, or all whom a search has found, into a segment by hand, after a look at what that does. */
export function PutIntoSegment({ whom, count, onClose }: Props) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const segments = useQuery(segmentsQuery).data?.items ?? []
  const [picked, pick] = useState<string | null>(null)
  const [chosen, choose] = useState<string | null>(null)
  const provider = useChosenProvider(chosen ?? undefined)
  const segment = segments.find(({ id }) => id === picked)
  const asksProvider = segment?.scope === 'provider'
  const isComplete = segment !== undefined && (!asksProvider || provider !== null)
  return (
    <Modal opened onClose={onClose} title={text('byHand.putFoundTitle', { count })}>
      <Stack>
        <Select
          label={text('byHand.segment')}
          data={segments.map((one) => ({ value: one.id, label: `${nameOf(one)} · ${one.id}` }))}
          value={picked}
          onChange={pick}
          nothingFoundMessage={text('byHand.noSegment')}
          searchable
          data-autofocus
        />
        {asksProvider && <ProviderSelect value={provider} onChange={choose} />}
        {isComplete && (
          <ConfirmDecision
            key={`${segment.id} ${provider}`}
            where={{ segment: segment.id, provider: asksProvider ? (provider ?? undefined) : undefined }}
            whom={whom}
            decision="in"
            onDone={onClose}
            onCancel={onClose}
          />
        )}
      </Stack>
    </Modal>
  )
}
