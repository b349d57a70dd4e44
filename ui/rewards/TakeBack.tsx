import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type HeldReward, withdrawReward } from '../../api/contract/rewards.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useText } from '../shared/useText.tsx'

/** Takes back a reward that no message has promised, after asking once; nothing where that is not possible. */
export function TakeBack({ reward }: { reward: HeldReward }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { sizeOf, periodOf } = useRewardWords()
  const [asks, { open, close }] = useDisclosure(false)
  const { name } = reward.customer
  const act = useMutation({
    mutationFn: () => call(withdrawReward, { params: { id: reward.id } }),
    onSuccess: async () => {
      close()
      notifyDone(text('rewards.takenBack', { name }))
      await queries.invalidateQueries({ queryKey: ['rewards'] })
    },
    onError: notifyProblem,
  })
  const isOpen = reward.state === 'usable' || reward.state === 'upcoming' || reward.state === 'expired'
  if (!isOpen || reward.campaign !== null || reward.minutes_used > 0) return null
  return (
    <>
      <Button size="compact-sm" variant="subtle" aria-label={text('rewards.takeBackOf', { name })} onClick={open}>
        {text('rewards.takeBack')}
      </Button>
      <Modal opened={asks} onClose={close} title={text('rewards.takeBackTitle', { name })}>
        <Stack ta="left">
          <Text fz="sm">{text('rewards.takeBackText', { reward: sizeOf(reward), period: periodOf(reward) })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {text('rewards.cancel')}
            </Button>
            <Button color="red" loading={act.isPending} onClick={() => act.mutate()}>
              {text('rewards.takeBack')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
