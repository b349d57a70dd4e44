import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Campaign, cancelCampaign, pauseCampaign, resumeCampaign } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { campaignQuery, waitingOf } from '../client/campaigns.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

const ACTS = { pause: pauseCampaign, resume: resumeCampaign, cancel: cancelCampaign }

/** Pause, go on, cancel: what the mailing's state allows. Cancelling asks first and says what it does. */
export function Steering({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const steer = useMutation({
    mutationFn: (act: keyof typeof ACTS) => call(ACTS[act], { params: { id: mailing.id } }),
    onSuccess: (changed) => queries.setQueryData(campaignQuery(mailing.id).queryKey, changed),
    onError: notifyProblem,
  })
  const { state } = mailing
  const ask = () =>
    modals.openConfirmModal({
      title: text('mailing.cancelTitle'),
      children: <Text fz="sm">{text('mailing.cancelText', { waiting: waitingOf(mailing) })}</Text>,
      labels: { confirm: text('mailing.cancelConfirm'), cancel: text('mailing.keepGoing') },
      confirmProps: { color: 'red' },
      onConfirm: () => steer.mutate('cancel'),
    })
  return (
    <>
      {(state === 'sending' || state === 'preparing') && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={steer.isPending}
          onClick={() => steer.mutate('pause')}
        >
          {text('mailing.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={steer.isPending}
          onClick={() => steer.mutate('resume')}
        >
          {text('mailing.resume')}
        </Button>
      )}
      {['awaiting_approval', 'scheduled', 'preparing', 'sending', 'paused'].includes(state) && (
        <Button variant="default" leftSection={<IconPlayerStop size={16} />} disabled={steer.isPending} onClick={ask}>
          {text('mailing.cancel')}
        </Button>
      )}
    </>
  )
}
