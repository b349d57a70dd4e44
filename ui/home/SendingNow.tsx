import { Anchor, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { waitingOf } from '../client/campaigns.ts'
import { sendingQuery } from '../client/home.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Home.module.css'
import { Panel } from './Panel.tsx'

/** So many that are planned are named. */
const PLANNED = 3

/** The mailings that go out now, with how far they are, and those that are planned next. */
export function SendingNow() {
  const text = useText()
  const { data, error, refetch } = useQuery(sendingQuery)
  const all = data?.items ?? []
  const running = all.filter(({ state }) => state !== 'scheduled')
  const planned = all
    .filter(({ state }) => state === 'scheduled')
    .toSorted((a, b) => (a.send_at ?? a.created_at).localeCompare(b.send_at ?? b.created_at))
  return (
    <Panel title={text('home.sending')}>
      {running.map((mailing) => (
        <Running key={mailing.id} mailing={mailing} />
      ))}
      {planned.slice(0, PLANNED).map((mailing) => (
        <Planned key={mailing.id} mailing={mailing} />
      ))}
      {planned.length > PLANNED && (
        <Text fz="sm" c="dimmed">
          {text('home.plannedMore', { count: planned.length - PLANNED })}
        </Text>
      )}
      {data !== undefined && all.length === 0 && (
        <Text fz="sm" c="dimmed">
          {text('home.sendingNothing')}
        </Text>
      )}
      {error ? <ErrorState error={error} onRetry={refetch} /> : data === undefined && <RowsLoading rows={2} />}
      <Text fz="sm" mt={8}>
        <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/mailings" />}>
          {text('home.allMailings')}
        </Anchor>
      </Text>
    </Panel>
  )
}

function Name({ mailing }: { mailing: Campaign }) {
  const subjectOf = useReadableSubject()
  return (
    <Link to="/mailings/$id" params={{ id: mailing.id }} className={classes.name}>
      {subjectOf(mailing.name || mailing.subject)}
    </Link>
  )
}

function Running({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const maySend = useMay('campaigns.send')
  const { id, sent, total, state } = mailing
  const done = total === 0 ? 0 : (1 - waitingOf(mailing) / total) * 100
  return (
    <div className={classes.mailing}>
      <div className={classes.row}>
        <Name mailing={mailing} />
        <Text span fz="sm" c="dimmed" className="numbers">
          {state === 'preparing' ? text('campaign.preparing') : text('mailings.ofTotal', { sent, total })}
        </Text>
      </div>
      <div className={classes.row}>
        <Progress className={classes.bar ?? ''} value={done} aria-label={text('mailing.progressLabel')} />
        {maySend && (
          <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/mailings/$id" params={{ id }} />}>
            {text('home.pause')}
          </Anchor>
        )}
      </div>
    </div>
  )
}

const Planned = ({ mailing }: { mailing: Campaign }) => (
  <div className={classes.row}>
    <Name mailing={mailing} />
    <Text span fz="sm" c="dimmed">
      <FormattedMessage
        id="home.planned"
        values={{ at: <Instant at={mailing.send_at ?? mailing.created_at} time />, total: mailing.total }}
      />
    </Text>
  </div>
)
