import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import type { Automation, BranchWork, SplitWork, Step } from '../../../rules/automations/automation.ts'
import { withoutWay, withWay, withWayAt } from '../../../rules/automations/edits/ways.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { RuleField } from './RuleField.tsx'

type Props<Work> = {
  step: Step & Work
  automation: Automation
  words: WordOptions
  onChange: (step: Step) => void
}

/** The ways of a branch: the first one whose rule holds is gone. */
export function BranchFields({ step, automation, words, onChange }: Props<BranchWork>) {
  const text = useText()
  return (
    <Stack gap="md">
      {step.branch.map((way, index) => (
        // ways have no name of their own: which one it is, its place says
        <Stack key={String(index)} gap={4}>
          <RuleField
            label={text('automation.way.if', { number: index + 1 })}
            value={way.if}
            scope={automation.scope}
            words={words}
            onChange={(rule) => onChange({ ...step, branch: step.branch.with(index, { ...way, if: rule }) })}
          />
          <WayActs step={step} index={index} count={step.branch.length} least={1} onChange={onChange} />
        </Stack>
      ))}
      <AddWay step={step} at={step.branch.length} onChange={onChange} />
      <Text fz="xs" c="dimmed">
        {text('automation.branch.hint')}
      </Text>
    </Stack>
  )
}

/** The ways of a split, with how many of a hundred go each; together they are always a hundred. */
export function SplitFields({ step, onChange }: Props<SplitWork>) {
  const text = useText()
  const sum = step.split.reduce((total, { percent }) => total + percent, 0)
  return (
    <Stack gap="sm">
      {step.split.map((way, index) => (
        <Stack key={String(index)} gap={4}>
          <Group gap={6} wrap="nowrap" align="flex-end">
            <NumberInput
              label={text('automation.split.percent', { number: index + 1 })}
              w={96}
              min={1}
              max={99}
              suffix=" %"
              allowDecimal={false}
              value={way.percent}
              error={sum !== 100}
              onChange={(percent) =>
                typeof percent === 'number' && onChange({ ...step, split: shared(step.split, index, percent) })
              }
            />
            <TextInput
              flex={1}
              label={text('automation.split.name')}
              maxLength={60}
              value={way.name ?? ''}
              onChange={(event) => {
                const { name: _, ...rest } = way
                const name = event.currentTarget.value
                onChange({ ...step, split: step.split.with(index, name === '' ? rest : { ...rest, name }) })
              }}
            />
          </Group>
          <WayActs step={step} index={index} count={step.split.length} least={2} onChange={onChange} />
        </Stack>
      ))}
      <AddWay step={step} at={step.split.length} onChange={onChange} />
    </Stack>
  )
}

/** The ways with another share for one; where they are two, the other gets the rest. */
function shared(split: SplitWork['split'], index: number, percent: number): SplitWork['split'] {
  const next = split.map((way, at) => (at === index ? { ...way, percent } : way))
  const other = next[1 - index]
  return next.length === 2 && other ? next.with(1 - index, { ...other, percent: 100 - percent }) : next
}

type ActsProps = {
  step: Step & (BranchWork | SplitWork)
  index: number
  count: number
  /** With fewer ways it would be none. */
  least: number
  onChange: (step: Step) => void
}

function WayActs({ step, index, count, least, onChange }: ActsProps) {
  const text = useText()
  const way = String(index)
  const take = (next: Step | string | undefined): void => {
    if (next !== undefined && typeof next !== 'string') onChange(next)
  }
  const number = index + 1
  return (
    <Group gap={2} justify="flex-end">
      <ActionIcon
        aria-label={text('automation.way.up', { number })}
        disabled={index === 0}
        onClick={() => take(withWayAt(step, way, index - 1))}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={text('automation.way.down', { number })}
        disabled={index === count - 1}
        onClick={() => take(withWayAt(step, way, index + 1))}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={text('automation.way.remove', { number })}
        disabled={count <= least}
        onClick={() => take(withoutWay(step, way))}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  )
}

function AddWay({ step, at, onChange }: Pick<ActsProps, 'step' | 'onChange'> & { at: number }) {
  const text = useText()
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus size={15} />}
      style={{ alignSelf: 'flex-start' }}
      onClick={() => {
        const next = withWay(step, at)
        if (typeof next !== 'string') onChange(next)
      }}
    >
      {text('canvas.add.way')}
    </Button>
  )
}
