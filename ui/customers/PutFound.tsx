import { Button, Modal, Select, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerSearch } from '../../api/contract/customers.ts'
import { segmentsQuery } from '../client/segments.ts'
import { ConfirmDecision } from '../segment/byHand/ConfirmDecision.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'

/** As many as the API decides about at once. */
const MOST = 10_000

type Props = { search: CustomerSearch; total: number }

/** Puts all whom a search has found into a segment by hand, after a look at what that does. */
export function PutFound({ search, total }: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={16} />}
        disabled={total === 0 || total > MOST}
        onClick={() => setAsking(true)}
      >
        {text('byHand.putFound', { count: total })}
      </Button>
      <Modal opened={asking} onClose={close} title={text('byHand.putFoundTitle', { count: total })}>
        {asking && <Choosing search={search} onClose={close} />}
      </Modal>
    </>
  )
}

function Choosing({ search, onClose }: { search: CustomerSearch; onClose: () => void }) {
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
          whom={{ search }}
          decision="in"
          onDone={onClose}
          onCancel={onClose}
        />
      )}
    </Stack>
  )
}
