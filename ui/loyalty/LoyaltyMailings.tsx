import { Button, Center, Table, Text } from '@mantine/core'
import { IconMailHeart } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { loyaltyMailingsQuery } from '../client/loyalty.ts'
import { CampaignBadge } from '../mailings/CampaignBadge.tsx'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Loyalty.module.css'

const STEP = 10

/** What the provider has sent: to whom, with which reward, and what became of both. */
export function LoyaltyMailings({ provider }: { provider: string }) {
  const text = useText()
  const [shown, setShown] = useState(STEP)
  const { data, error, refetch } = useQuery({
    ...loyaltyMailingsQuery(provider, shown),
    placeholderData: (before) => before,
  })
  return (
    <ListPanel>
      <div className={classes.head}>
        <h2 className={classes.heading}>{text('loyalty.history')}</h2>
      </div>
      {data === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <RowsLoading rows={3} />
        )
      ) : data.items.length === 0 ? (
        <EmptyState icon={IconMailHeart} title={text('loyalty.noHistory')} text={text('loyalty.noHistoryText')} />
      ) : (
        <>
          <Table verticalSpacing={9} className={classes.table ?? ''} aria-label={text('loyalty.history')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('mailings.subject')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('mailings.state')}</Table.Th>
                <Table.Th ta="right">{text('mailings.sent')}</Table.Th>
                <Table.Th ta="right" visibleFrom="xs">
                  {text('mailings.opened')}
                </Table.Th>
                <Table.Th>{text('loyalty.reward')}</Table.Th>
                <Table.Th visibleFrom="md">{text('mailings.when')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((mailing) => (
                <Row key={mailing.id} mailing={mailing} />
              ))}
            </Table.Tbody>
          </Table>
          {data.next !== null && (
            <Center pb="md">
              <Button variant="default" size="xs" onClick={() => setShown(Math.min(shown + 50, 500))}>
                {text('loyalty.more')}
              </Button>
            </Center>
          )}
        </>
      )}
    </ListPanel>
  )
}

function Row({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { nameOf } = useSegmentWords()
  return (
    <Table.Tr>
      <Table.Td>
        <Link to="/mailings/$id" params={{ id: mailing.id }} className={classes.name}>
          {subjectOf(mailing.name || mailing.subject)}
        </Link>
        {mailing.segment && (
          <Text fz="sm" c="dimmed">
            {text('mailing.toSegment', { segment: nameOf(mailing.segment) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <CampaignBadge state={mailing.state} />
      </Table.Td>
      <Table.Td ta="right">
        <Count value={mailing.sent} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        <Count value={mailing.opened} />
      </Table.Td>
      <Table.Td>{mailing.reward === null ? <Text c="dimmed">–</Text> : <Reward reward={mailing.reward} />}</Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        <Ago at={mailing.started_at ?? mailing.created_at} />
      </Table.Td>
    </Table.Tr>
  )
}

function Reward({ reward }: { reward: NonNullable<Campaign['reward']> }) {
  const text = useText()
  const { sizeOf, periodOf } = useRewardWords()
  const { reserved, active, used, given_back } = reward
  return (
    <>
      <Text fz="sm">
        {sizeOf(reward)}{' '}
        <Text span fz="sm" c="dimmed">
          {periodOf(reward)}
        </Text>
      </Text>
      <Text fz="xs" c="dimmed" className="numbers">
        {text('loyalty.rewards', { made: reserved + active + used + given_back, used, back: given_back })}
      </Text>
    </>
  )
}
