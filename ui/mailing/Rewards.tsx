import { Paper, Text } from '@mantine/core'
import type { CampaignReward } from '../../api/contract/rewards.ts'
import { Count } from '../shared/Count.tsx'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

const STATES = ['reserved', 'active', 'used', 'given_back'] as const

/** What each recipient of a mailing gets, and what became of it. */
export function Rewards({ reward }: { reward: CampaignReward }) {
  const text = useText()
  const { sizeOf, periodOf } = useRewardWords()
  return (
    <Paper component="section" className={classes.sheet} data-testid="rewards">
      <h2 className={classes.heading}>{text('reward.title')}</h2>
      <Text fz="sm">
        {sizeOf(reward)}, {periodOf(reward)}
      </Text>
      <ul className={classes.reasons}>
        {STATES.filter((state) => reward[state] > 0).map((state) => (
          <li key={state}>
            <strong>
              <Count value={reward[state]} />
            </strong>{' '}
            {text(`reward.state.${state}`)}
          </li>
        ))}
      </ul>
    </Paper>
  )
}
