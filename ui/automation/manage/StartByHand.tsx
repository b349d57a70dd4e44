import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Automation } from '../../../api/contract/automations.ts'
import { enrolCustomers } from '../../../api/contract/enrolments.ts'
import { call, newKey } from '../../client/call.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { ProviderSelect } from '../../shared/ProviderSelect.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { EnterNumbers } from './EnterNumbers.tsx'
import { EnterCustomers, EnterSearch, EnterSegment } from './EnterWhom.tsx'
import { isSomebody, nobodyYet, SOURCES, type Source, type Whom, whomOf } from './whom.ts'

/** Whoever types on is not counted yet. */
const REST = 400
/** From so many on it is offered to let them in one after the other. */
const MANY = 50

type Props = { automation: Automation; onClose: () => void }

/** Lets customers enter by hand: those of a segment, picked ones, or those of a search. Says first who will, and who will not. */
export function StartByHand({ automation: { id, name, scope, definition }, onClose }: Props) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const problemText = useProblemText()
  const [whom, setWhom] = useState<Whom>(() => nobodyYet(definition))
  const [provider, setProvider] = useState<string | null>(null)
  const [spread, setSpread] = useState(0)
  const [resting] = useDebouncedValue(whom, REST)
  const body = { ...whomOf(resting), ...(provider === null ? {} : { provider }) }
  const counted = useQuery({
    queryKey: ['automation', id, 'enrol', body],
    queryFn: ({ signal }) =>
      call(enrolCustomers, { params: { id }, body: { ...body, dry_run: true }, idempotencyKey: newKey(), signal }),
    enabled: isSomebody(resting),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const start = useMutation({
    mutationFn: () =>
      call(enrolCustomers, {
        params: { id },
        body: { ...body, ...(spread === 0 ? {} : { spread_minutes: spread }) },
        idempotencyKey: newKey(),
      }),
    onSuccess: ({ enrolled }) => {
      void client.invalidateQueries({ queryKey: ['automation', id] })
      notifyDone(text('automation.start.done', { count: enrolled }))
      onClose()
    },
    onError: notifyProblem,
  })
  const isCurrent = resting === whom && isSomebody(whom) && counted.isSuccess && !counted.isPlaceholderData
  const entering = isCurrent ? counted.data.enrolled : 0
  const change = (next: Partial<Whom>): void => setWhom({ ...whom, ...next })
  return (
    <Modal opened onClose={onClose} title={text('automation.start.title', { name })} size="lg">
      <Stack>
        <SegmentedControl<Source>
          aria-label={text('automation.start.whom')}
          value={whom.source}
          data={SOURCES.map((value) => ({ value, label: text(`automation.start.${value}`) }))}
          data-autofocus
          onChange={(source) => change({ source })}
        />
        {whom.source === 'segment' && <EnterSegment whom={whom} onChange={change} />}
        {whom.source === 'customers' && <EnterCustomers whom={whom} onChange={change} />}
        {whom.source === 'search' && <EnterSearch whom={whom} onChange={change} />}
        {scope === 'provider' && <ProviderSelect value={provider} onChange={setProvider} all />}
        <div aria-live="polite" aria-busy={counted.isFetching}>
          {!isSomebody(whom) ? (
            <Text fz="sm" c="dimmed">
              {text('automation.start.nobodyYet')}
            </Text>
          ) : counted.isError ? (
            <Text fz="sm" role="alert" c="var(--mantine-color-error)">
              {problemText(counted.error)}
            </Text>
          ) : counted.data ? (
            <EnterNumbers {...counted.data} stale={!isCurrent} />
          ) : (
            <Text fz="sm" c="dimmed">
              {text('state.loading')}
            </Text>
          )}
        </div>
        {entering >= MANY && (
          <NumberInput
            label={text('automation.publish.spread')}
            description={text('automation.publish.spread.hint')}
            w={220}
            min={0}
            max={20_160}
            allowDecimal={false}
            value={spread}
            onChange={(next) => typeof next === 'number' && setSpread(next)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button disabled={entering === 0} loading={start.isPending} onClick={() => start.mutate()}>
            {text('automation.start.act', { count: entering })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
