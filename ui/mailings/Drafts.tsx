import { Box, Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DraftSummary, discardCampaignDraft, getCampaignDraft } from '../../api/contract/campaignDrafts.ts'
import { call } from '../client/call.ts'
import { draftsQuery } from '../client/campaigns.ts'
import { Ago } from '../shared/Ago.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { keepRecipients } from '../shared/recipients.ts'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { CampaignBadge } from './CampaignBadge.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import classes from './Drafts.module.css'

/** What the reader has begun to write and not sent, on whichever computer: opened to be written on, or thrown away. */
export function Drafts() {
  const text = useText()
  const { data, error, refetch } = useQuery(draftsQuery)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data === undefined || data.length === 0) return null
  return (
    <Box mb="md">
      <ListPanel>
        <section aria-label={text('drafts.title')} data-testid="drafts">
          <ul className={classes.list}>
            {data.map((draft) => (
              <Draft key={draft.name} draft={draft} />
            ))}
          </ul>
        </section>
      </ListPanel>
    </Box>
  )
}

function Draft({ draft }: { draft: DraftSummary }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { name, channel, customers: count, label, updated_at } = draft
  const title = subjectOf(draft.title) || text('drafts.untitled')
  const refresh = () => void queries.invalidateQueries({ queryKey: draftsQuery.queryKey })
  const problem = (error: unknown) => {
    notifyProblem(error)
    refresh()
  }
  const open = useMutation({
    mutationFn: () => call(getCampaignDraft, { params: { name } }),
    onSuccess: ({ choice }) => {
      keepRecipients(choice)
      void navigate({ to: '/compose' })
    },
    onError: problem,
  })
  const discard = useMutation({
    mutationFn: () => call(discardCampaignDraft, { params: { name }, query: { revision: draft.revision } }),
    onSuccess: refresh,
    onError: problem,
  })
  const ask = () =>
    modals.openConfirmModal({
      title: text('drafts.discardAsk'),
      children: <Text fz="sm">{text('drafts.discardText', { title, label })}</Text>,
      labels: { confirm: text('drafts.discard'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => discard.mutate(),
    })
  return (
    <li className={classes.draft}>
      <ChannelIcon channel={channel} />
      <button
        type="button"
        className={classes.title}
        onClick={() => open.mutate()}
        disabled={open.isPending}
        dir="auto"
      >
        {title}
      </button>
      <CampaignBadge state="draft" />
      <Text span fz="sm" c="dimmed" className={classes.to}>
        {text('drafts.to', { count, label })} · <Ago at={updated_at} />
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        loading={discard.isPending}
        aria-label={text('drafts.discardThis', { title })}
        onClick={ask}
      >
        {text('drafts.discard')}
      </Button>
    </li>
  )
}
