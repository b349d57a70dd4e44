import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { campaignQuery } from '../client/campaigns.ts'
import { CampaignBadge } from '../mailings/CampaignBadge.tsx'
import { ChannelIcon } from '../mailings/ChannelIcon.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { Acts } from './Acts.tsx'
import { Approval } from './Approval.tsx'
import { Comparison } from './Comparison.tsx'
import { CopyMailing } from './CopyMailing.tsx'
import { EditMailing } from './EditMailing.tsx'
import { LeftOut } from './LeftOut.tsx'
import { Messages } from './Messages.tsx'
import { Notices } from './Notices.tsx'
import { Numbers } from './Numbers.tsx'
import { Progress } from './Progress.tsx'
import { Rewards } from './Rewards.tsx'
import { Report } from './report/Report.tsx'
import { Steering } from './Steering.tsx'
import { UndoSend } from './UndoSend.tsx'

const route = getRouteApi('/shell/mailings/$id')

/** One mailing: its progress while it runs, what became of each message, and who was left out and why. */
export function MailingPage() {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { id } = route.useParams()
  const { data: mailing, error, refetch } = useQuery(campaignQuery(id))
  return (
    <Page
      title={mailing ? subjectOf(mailing.name || mailing.subject) : text('mailing.title')}
      back={{ to: '/mailings' }}
      aside={
        mailing && (
          <>
            <ChannelIcon channel={mailing.channel} />
            <CampaignBadge state={mailing.state} />
          </>
        )
      }
      actions={
        mailing && (
          <>
            <Steering mailing={mailing} />
            <EditMailing mailing={mailing} />
            {mailing.kind === 'one_off' && <CopyMailing mailing={mailing} />}
          </>
        )
      }
    >
      {mailing ? (
        <>
          <UndoSend mailing={mailing} />
          <Approval mailing={mailing} />
          <Notices mailing={mailing} />
          <Progress mailing={mailing} />
          <Comparison mailing={mailing} />
          <Numbers mailing={mailing} />
          {mailing.reward && <Rewards reward={mailing.reward} />}
          <LeftOut mailing={mailing} />
          <Report mailing={mailing} />
          <Acts mailing={mailing} />
          <Messages mailing={mailing} />
        </>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={7} />}</ListPanel>
      )}
    </Page>
  )
}
