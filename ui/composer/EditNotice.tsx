import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import { campaignQuery } from '../client/campaigns.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'

/** What changing a planned mailing means: it takes its place, an approval is void, and what has begun cannot be changed. */
export function EditNotice({ id, revision }: { id: string; revision: number }) {
  const text = useText()
  const { data: mailing } = useQuery(campaignQuery(id))
  if (mailing === undefined) return null
  const isPlanned = mailing.state === 'scheduled' || mailing.state === 'awaiting_approval'
  if (!isPlanned || mailing.revision !== revision) {
    return (
      <Alert color="orange" variant="light" role="alert">
        {text(isPlanned ? 'edit.changedSince' : 'edit.begun')}
      </Alert>
    )
  }
  return (
    <Alert color={mailing.approval === null ? 'blue' : 'orange'} variant="light" data-testid="edit-notice">
      {mailing.send_at === null ? (
        text('edit.waits')
      ) : (
        <FormattedMessage id="edit.planned" values={{ at: <Instant at={mailing.send_at} time /> }} />
      )}{' '}
      {mailing.approval !== null && text('edit.voids', { by: mailing.approval.by })}
    </Alert>
  )
}
