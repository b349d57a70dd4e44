import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { HeldReward } from '../../api/contract/rewards.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Money } from '../shared/Money.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useText } from '../shared/useText.tsx'
import { RewardStateBadge } from './RewardStateBadge.tsx'
import classes from './Rewards.module.css'
import { TakeBack } from './TakeBack.tsx'

type Props = {
  rewards: readonly HeldReward[]
  /** All of them are one customer's: their name stands above. */
  ofOne?: boolean
}

/** Rewards in rows: what it is, whose, when it can be used, whether it was, where it comes from, and what it took off. */
export function RewardTable({ rewards, ofOne = false }: Props) {
  const text = useText()
  const { sizeOf, periodOf } = useRewardWords()
  const subjectOf = useReadableSubject()
  return (
    <div className={classes.table}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('rewards.column.reward')}</Table.Th>
            {!ofOne && <Table.Th>{text('rewards.column.customer')}</Table.Th>}
            <Table.Th>{text('rewards.column.state')}</Table.Th>
            <Table.Th visibleFrom="sm">{text('rewards.column.provider')}</Table.Th>
            <Table.Th visibleFrom="md">{text('rewards.column.from')}</Table.Th>
            <Table.Th ta="right" style={{ whiteSpace: 'nowrap' }}>
              {text('rewards.column.taken')}
            </Table.Th>
            <Table.Td aria-hidden="true" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rewards.map((reward) => (
            <Table.Tr key={reward.id} data-testid={`reward-${reward.id}`}>
              <Table.Td className={classes.words}>
                {sizeOf(reward)}
                <Text fz="xs" c="dimmed">
                  {periodOf(reward)}
                  {reward.minutes_used > 0 && reward.state === 'usable' && (
                    <>
                      {' · '}
                      {text('rewards.minutesLeft', {
                        left: (reward.minutes ?? 0) - reward.minutes_used,
                        all: reward.minutes ?? 0,
                      })}
                    </>
                  )}
                </Text>
              </Table.Td>
              {!ofOne && (
                <Table.Td>
                  <CustomerLink id={reward.customer.id} name={reward.customer.name} />
                </Table.Td>
              )}
              <Table.Td>
                <RewardStateBadge state={reward.state} />
              </Table.Td>
              <Table.Td visibleFrom="sm">{reward.provider.name}</Table.Td>
              <Table.Td visibleFrom="md" c="dimmed">
                {reward.campaign !== null ? (
                  <Link to="/mailings/$id" params={{ id: reward.campaign.id }}>
                    {subjectOf(reward.campaign.name)}
                  </Link>
                ) : reward.automation === null ? (
                  text('rewards.byHand', { name: reward.given_by ?? '?' })
                ) : (
                  text('rewards.byAutomation')
                )}
              </Table.Td>
              <Table.Td ta="right">{reward.discount === 0 ? '–' : <Money minor={reward.discount} />}</Table.Td>
              <Table.Td ta="right">
                <TakeBack reward={reward} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
