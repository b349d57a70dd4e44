import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { enrolCustomers } from '../../api/contract/enrolments.ts'
import { EnterNumbers } from '../automation/manage/EnterNumbers.tsx'
import { automationsQuery } from '../client/automations.ts'
import { call, newKey } from '../client/call.ts'
import type { Whom } from '../segment/byHand/ConfirmDecision.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'

/** From so many on it is offered to let them in one after the other. */
const MANY = 50

type Props = { whom: Whom; count: number; onClose: () => void }

/** Lets those who are picked, or all whom a search has found, enter an automation that is on; says first who will. */
export function StartAutomation({ whom, count, onClose }: Props) {
  const text = useText()
  const notifyProblem = useNotifyProblem()
  const problemText = useProblemText()
  const automations = useQuery(automationsQuery).data?.items.filter(({ state }) => state === 'live') ?? []
  const [picked, pick] = useState<string | null>(null)
  const [provider, setProvider] = useState<string | null>(null)
  const [spread, setSpread] = useState(0)
  const automation = automations.find(({ id }) => id === picked)
  const people = 'customers' in whom ? { customers: [...whom.customers] } : whom
  const body = { ...people, ...(automation?.scope === 'provider' && provider !== null ? { provider } : {}) }
  const params = { id: automation?.id ?? '' }
  const counted = useQuery({
    queryKey: ['automation', picked, 'enrol', body],
    queryFn: ({ signal }) =>
      call(enrolCustomers, { params, body: { ...body, dry_run: true }, idempotencyKey: newKey(), signal }),
    enabled: automation !== undefined,
    retry: false,
    gcTime: 0,
  })
  const start = useMutation({
    mutationFn: () =>
      call(enrolCustomers, {
        params,
        body: { ...body, ...(spread === 0 ? {} : { spread_minutes: spread }) },
        idempotencyKey: newKey(),
      }),
    onSuccess: ({ enrolled }) => {
      notifyDone(text('automation.start.done', { count: enrolled }))
      onClose()
    },
    onError: notifyProblem,
  })
  const entering = counted.data?.enrolled ?? 0
  return (
    <Modal opened onClose={onClose} title={text('customers.startTitle', { count })}>
      <Stack>
        <Select
          label={text('customers.automation')}
          data={automations.map(({ id, name }) => ({ value: id, label: name }))}
          value={picked}
          onChange={pick}
          nothingFoundMessage={text('customers.noAutomation')}
          {...(automations.length === 0 ? { description: text('customers.noAutomation') } : {})}
          searchable
          data-autofocus
        />
        {automation?.scope === 'provider' && <ProviderSelect value={provider} onChange={setProvider} all />}
        <div aria-live="polite" aria-busy={counted.isFetching}>
          {counted.isError ? (
            <Text fz="sm" role="alert" c="var(--mantine-color-error)">
              {problemText(counted.error)}
            </Text>
          ) : counted.data ? (
            <EnterNumbers {...counted.data} stale={false} />
          ) : (
            automation && (
              <Text fz="sm" c="dimmed">
                {text('state.loading')}
              </Text>
            )
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
