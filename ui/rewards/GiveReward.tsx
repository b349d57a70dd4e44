import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type AskedReward, giveReward } from '../../api/contract/rewards.ts'
import { addDays } from '../../rules/time.ts'
import { call } from '../client/call.ts'
import { providersQuery } from '../client/providers.ts'
import { useSession } from '../client/session.ts'
import { Size } from '../composer/reward/RewardPanel.tsx'
import { NO_REWARD, type RewardDraft, toReward } from '../composer/reward/rewardDraft.ts'
import { useToday } from '../history/useToday.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useMoney } from '../shared/useMoney.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useText } from '../shared/useText.tsx'
import { CustomerSelect, type Person } from './CustomerSelect.tsx'

type Props = {
  /** Whom; chosen in the dialogue where it is left out. */
  customer?: Person
  provider: string | null
  onClose: () => void
}

/** Gives one customer a voucher or free minutes by hand: what, with whom, and from when to when. */
export function GiveReward({ customer, provider: given, onClose }: Props) {
  const text = useText()
  const today = useToday()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { digits } = useMoney()
  const { sizeOf } = useRewardWords()
  const own = useSession().user.provider
  const providers = useQuery(providersQuery).data?.items ?? []
  const [person, setPerson] = useState<Person | null>(customer ?? null)
  const [chosen, setChosen] = useState(own?.id ?? given)
  const provider = chosen ?? (providers.length === 1 ? (providers[0]?.id ?? null) : null)
  const [tried, setTried] = useState(false)
  const [entered, setEntered] = useState<RewardDraft>({
    ...NO_REWARD,
    ...{ kind: 'amount', period: 'dates', from: today, to: addDays(today, 29) },
  })
  const { reward, mistake } = toReward(entered, digits, today)
  const enter = (part: Partial<RewardDraft>) => setEntered((before) => ({ ...before, ...part }))

  const give = useMutation({
    mutationFn: (body: AskedReward & { provider: string; customer: string }) => call(giveReward, { body }),
    onSuccess: async (held) => {
      notifyDone(text('rewards.givenTo', { name: held.customer.name, reward: sizeOf(held) }))
      onClose()
      await queries.invalidateQueries({ queryKey: ['rewards'] })
    },
    onError: notifyProblem,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reward === null || person === null || provider === null) return
    give.mutate({ ...reward, provider, customer: person.id })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={customer ? text('rewards.giveTitleTo', { name: customer.name }) : text('rewards.giveTitle')}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text fz="sm">{text('rewards.giveText')}</Text>
          {own === null && providers.length !== 1 && (
            <Select
              label={text('rewards.with')}
              data={providers.map(({ id, name }) => ({ value: id, label: name }))}
              value={provider}
              onChange={setChosen}
              searchable
              error={tried && provider === null ? text('rewards.missingProvider') : undefined}
            />
          )}
          {!customer && (
            <CustomerSelect
              person={person}
              provider={own?.id}
              onPick={setPerson}
              error={tried && person === null ? text('rewards.missingCustomer') : undefined}
            />
          )}
          <Select
            label={text('rewards.what')}
            data={(['amount', 'percent', 'minutes'] as const).map((value) => ({
              value,
              label: text(`reward.kind.${value}`),
            }))}
            value={entered.kind}
            onChange={(kind) => enter({ kind: (kind ?? 'amount') as RewardDraft['kind'] })}
            allowDeselect={false}
          />
          <Size state={{ entered, enter, mistake }} tried={tried} readOnly={false} />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={text('rewards.from')}
              value={entered.from}
              onChange={(event) => enter({ from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={text('rewards.to')}
              description={text('reward.field.toText')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={today}
              value={entered.to}
              onChange={(event) => enter({ to: event.currentTarget.value })}
              error={tried && mistake === 'to' ? text('reward.wrongDay') : undefined}
            />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('rewards.cancel')}
            </Button>
            <Button type="submit" loading={give.isPending}>
              {text('rewards.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
