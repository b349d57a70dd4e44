import { Button, Progress } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Campaign, cancelCampaign } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { campaignQuery } from '../client/campaigns.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

const WINDOW = 15_000
const TICK = 200

/** For a moment after somebody sent it, a mailing can be taken back as if it had never been: how long still, and the button. */
export function UndoSend({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const left = useTimeUntil(mailing.state === 'preparing' ? mailing.undo_until : null)
  const undo = useMutation({
    mutationFn: () => call(cancelCampaign, { params: { id: mailing.id } }),
    onSuccess: (changed) => queries.setQueryData(campaignQuery(mailing.id).queryKey, changed),
    onError: notifyProblem,
  })
  if (left === 0) return null
  const seconds = Math.ceil(left / 1_000)
  return (
    <div className={classes.undo} data-testid="undo">
      <span>{text('mailing.undoText', { seconds })}</span>
      <Progress
        value={Math.min(100, (100 * left) / WINDOW)}
        size="sm"
        flex="1 1 120px"
        transitionDuration={0}
        aria-label={text('mailing.undoLeft')}
      />
      <Button
        size="xs"
        variant="filled"
        leftSection={<IconArrowBackUp size={16} />}
        loading={undo.isPending}
        onClick={() => undo.mutate()}
      >
        {text('mailing.undo')}
      </Button>
    </div>
  )
}

/** Milliseconds until an instant, counted down while it lies ahead; 0 when it is past or there is none. */
function useTimeUntil(instant: string | null): number {
  const until = instant === null ? 0 : Date.parse(instant)
  const [now, setNow] = useState(() => Date.now())
  const waits = until > now
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [waits])
  return Math.max(0, until - now)
}
