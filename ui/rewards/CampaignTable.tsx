import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { RewardSummary } from '../../api/contract/rewards.ts'
import { Count } from '../shared/Count.tsx'
import { Money } from '../shared/Money.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Rewards.module.css'

const STATES = ['reserved', 'usable', 'used', 'expired', 'given_back'] as const

type Props = {
  campaigns: RewardSummary['campaigns']
  /** Whose rewards alone are looked at. */
  provider: string | undefined
}

/** What became of the rewards of each mailing, newest first. The name leads to its rewards one by one. */
export function CampaignTable({ campaigns, provider: only }: Props) {
  const text = useText()
  const subjectOf = useReadableSubject()
  return (
    <div className={classes.table}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('rewards.column.mailing')}</Table.Th>
            {STATES.map((state) => (
              <Table.Th key={state} ta="right">
                {text(`rewards.state.${state}`)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{text('rewards.column.cost')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map(({ campaign, provider, counts, cost }) => (
            <Table.Tr key={campaign?.id ?? 'none'}>
              <Table.Td className={classes.words}>
                <Link to="/rewards" search={{ ...(only && { provider: only }), campaign: campaign?.id ?? 'none' }}>
                  {campaign === null ? text('rewards.otherwise') : subjectOf(campaign.name)}
                </Link>
                {provider !== null && (
                  <Text fz="xs" c="dimmed">
                    {provider.name}
                  </Text>
                )}
              </Table.Td>
              {STATES.map((state) => (
                <Table.Td key={state} ta="right">
                  <Count value={state === 'usable' ? counts.usable + counts.upcoming : counts[state]} />
                </Table.Td>
              ))}
              <Table.Td ta="right">
                <Money minor={cost} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
