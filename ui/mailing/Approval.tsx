import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { approveCampaign, type Campaign } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { campaignQuery } from '../client/campaigns.ts'
import { useSession } from '../client/session.ts'
import { useMay } from '../client/useMay.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** A mailing that waits for a second person: who may approve it does it here, who wrote it is told why not. */
export function Approval({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { user } = useSession()
  const { queryKey } = campaignQuery(mailing.id)
  const approve = useMutation({
    mutationFn: () => call(approveCampaign, { params: { id: mailing.id }, body: { revision: mailing.revision } }),
    onSuccess: (changed) => queries.setQueryData(queryKey, changed),
    onError: (problem) => {
      notifyProblem(problem)
      void queries.invalidateQueries({ queryKey })
    },
  })
  const mayApprove = useMay('campaigns.approve')
  if (mailing.state !== 'awaiting_approval') return null
  const own = [mailing.created_by, mailing.edited_by].some((by) => by?.toLowerCase() === user.email.toLowerCase())
  const may = mayApprove && !own
  return (
    <div className={classes.notice} data-testid="approval">
      <span>
        {text(may ? 'mailing.approveText' : own ? 'mailing.approveOwn' : 'mailing.approveNotYou', {
          total: mailing.total,
          by: mailing.created_by ?? text('mailing.program'),
        })}
      </span>
      {may && (
        <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate()}>
          {text('mailing.approve')}
        </Button>
      )}
    </div>
  )
}
