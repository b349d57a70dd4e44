import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type RewardState, type RewardSummary, rewardState } from '../../api/contract/rewards.ts'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'

type Props = {
  counts: RewardSummary['counts'] | undefined
  chosen: RewardState | null
  onChange: (state: RewardState | null) => void
}

/** The states with their numbers: one of them at a time, or all. */
export function StateFilter({ counts, chosen, onChange }: Props) {
  const text = useText()
  return (
    <Group gap={6} role="group" aria-label={text('rewards.states')}>
      {rewardState.options
        .filter((state) => state === chosen || counts === undefined || counts[state] > 0)
        .map((state) => (
          <Button
            key={state}
            size="compact-sm"
            variant={state === chosen ? 'light' : 'default'}
            aria-pressed={state === chosen}
            rightSection={state === chosen ? <IconX size={13} aria-hidden="true" /> : undefined}
            onClick={() => onChange(state === chosen ? null : state)}
          >
            {text(`rewards.state.${state}`)}&nbsp;{counts !== undefined && <Count value={counts[state]} />}
          </Button>
        ))}
    </Group>
  )
}
