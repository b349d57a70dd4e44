import { Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { Preflight } from '../../../api/contract/orders.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { richTags, useText } from '../../shared/useText.tsx'

/** What the rewards can cost at most, and what that rests on. */
export function RewardCost({ preflight: { data } }: { preflight: UseQueryResult<Preflight> }) {
  const text = useText()
  const { format } = useMoney()
  if (data === undefined) return null
  const { reward_liability: most, reward_assumption: assumption, recipients } = data
  if (most === null) {
    return (
      <Text fz="sm" c="var(--attention)" role="status" data-testid="reward-cost">
        {text('reward.cost.unknown')}
      </Text>
    )
  }
  return (
    <Text fz="sm" role="status" component="div" data-testid="reward-cost">
      <FormattedMessage id="reward.cost" values={{ ...richTags, most: format(most), recipients }} />
      {assumption !== null && (
        <Text fz="xs" c="dimmed" component="div">
          {assumption.minutes === null
            ? text('reward.cost.price', { price: format(assumption.price) })
            : text('reward.cost.minutes', { price: format(assumption.price), minutes: assumption.minutes })}
        </Text>
      )}
    </Text>
  )
}
