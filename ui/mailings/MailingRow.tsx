import { Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { CampaignBadge } from './CampaignBadge.tsx'
import classes from './MailingRow.module.css'

/** One mailing of the list; the whole row opens it, for the keyboard there is the link on the subject. */
export function MailingRow({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const navigate = useNavigate()
  const { id, sent, total } = mailing
  const to = mailing.segment?.name ?? text('mailings.picked')
  return (
    <Table.Tr className={classes.row} onClick={() => navigate({ to: '/mailings/$id', params: { id } })}>
      <Table.Td>
        <Link to="/mailings/$id" params={{ id }} className={classes.name} onClick={(event) => event.stopPropagation()}>
          {subjectOf(mailing.name || mailing.subject)}
        </Link>
        <Text fz="sm" c="dimmed">
          {mailing.channel !== 'email' && `${text(`short.channel.${mailing.channel}`)} · `}
          {text('mailing.toSegment', { segment: to })}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <CampaignBadge state={mailing.state} />
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {sent === total ? <Count value={sent} /> : text('mailings.ofTotal', { sent, total })}
      </Table.Td>
      <Table.Td ta="right">{mailing.channel === 'email' ? <Count value={mailing.opened} /> : '–'}</Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        {mailing.channel === 'sms' ? '–' : <Count value={mailing.clicked} />}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="md">
        <Count value={mailing.bounced} />
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        <Ago at={mailing.started_at ?? mailing.created_at} />
      </Table.Td>
    </Table.Tr>
  )
}
