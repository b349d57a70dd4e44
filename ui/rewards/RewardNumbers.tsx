import { ActionIcon, Popover, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { RewardSummary } from '../../api/contract/rewards.ts'
import { Count } from '../shared/Count.tsx'
import { Money } from '../shared/Money.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Rewards.module.css'

/** What rewards have cost, what those that are out can cost at most, and how many of them there are. */
export function RewardNumbers({ summary }: { summary: RewardSummary }) {
  const text = useText()
  const { counts, cost, most } = summary
  return (
    <dl className={classes.numbers} aria-label={text('rewards.numbers')}>
      <div>
        <dt>{text('rewards.cost')}</dt>
        <dd data-testid="rewards-cost">
          <Money minor={cost} />
        </dd>
      </div>
      <div>
        <dt>
          {text('rewards.most')}
          <Popover width={300} withRoles shadow="md">
            <Popover.Target>
              <ActionIcon size="sm" aria-label={`${text('rewards.most')}?`}>
                <IconInfoCircle size={15} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <Text fz="sm">{text(most === null ? 'rewards.mostUnknownHint' : 'rewards.mostHint')}</Text>
            </Popover.Dropdown>
          </Popover>
        </dt>
        <dd data-testid="rewards-most">{most === null ? text('rewards.mostUnknown') : <Money minor={most} />}</dd>
      </div>
      <div>
        <dt>{text('rewards.state.usable')}</dt>
        <dd>
          <Count value={counts.usable} />
        </dd>
      </div>
      <div>
        <dt>{text('rewards.state.used')}</dt>
        <dd>
          <Count value={counts.used} />
        </dd>
      </div>
    </dl>
  )
}
