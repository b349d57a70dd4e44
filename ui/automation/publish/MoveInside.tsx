import { NativeSelect, Table, Text } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { Automation as Stored } from '../../../api/contract/automations.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { stepSentence } from '../../../rules/automations/words.ts'
import { textOf, type WordOptions } from '../../../rules/words.ts'
import { automationStepsQuery, automationVersionsQuery } from '../../client/automations.ts'
import { Count } from '../../shared/Count.tsx'
import { useText } from '../../shared/useText.tsx'
import { useStepChoices } from '../forms/useChoices.ts'
import { isAutomation } from '../keeping/isAutomation.ts'

/** What becomes of those who stand at a step of an earlier version. */
export type Destination = 'stay' | 'exit' | { readonly step: string }

/** People inside at one step of an earlier version. */
export type InsideRow = {
  readonly key: string
  readonly version: number
  readonly step: string
  readonly name: string
  readonly customers: number
}

/** Who stands where in the versions that run; none before the first is published. */
export function useInside(stored: Stored, automation: Automation, words: WordOptions): readonly InsideRow[] {
  const versions = useQuery({ ...automationVersionsQuery(stored.id), enabled: stored.version > 0 }).data?.items ?? []
  const running = versions.filter(({ inside }) => inside > 0)
  const steps = useQueries({ queries: running.map(({ version }) => automationStepsQuery(stored.id, version)) })
  return running.flatMap(({ version, definition }, index) =>
    (steps[index]?.data?.steps ?? []).flatMap(({ step, inside }) => {
      if (inside === 0) return []
      const tree = isAutomation(definition) ? definition : automation
      const found = placedStep(tree, step)?.step
      return [
        {
          key: `${version} ${step}`,
          version,
          step,
          name: found ? capital(textOf(stepSentence(found, tree, words))) : step,
          customers: inside,
        },
      ]
    }),
  )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

type Props = {
  rows: readonly InsideRow[]
  automation: Automation
  to: ReadonlyMap<string, Destination>
  onChange: (key: string, to: Destination) => void
}

const chosenOf = (to: Destination): string => (typeof to === 'string' ? to : `step ${to.step}`)

/** A row for each step with people in it: they stay on their version, go on at a step of the new one, or leave. */
export function MoveInside({ rows, automation, to, onChange }: Props) {
  const text = useText()
  const { targets } = useStepChoices(automation)
  if (rows.length === 0) return null
  return (
    <div>
      <Text fw={600} fz="sm">
        {text('automation.move')}
      </Text>
      <Table verticalSpacing={4} aria-label={text('automation.move')}>
        <Table.Tbody>
          {rows.map(({ key, version, step, name, customers }) => (
            <Table.Tr key={key}>
              <Table.Td>
                {name}
                <Text fz="xs" c="dimmed">
                  {text('canvas.version', { version })}
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                <Count value={customers} />
              </Table.Td>
              <Table.Td w={240}>
                <NativeSelect
                  size="xs"
                  aria-label={text('automation.move.to', { step: name, version })}
                  value={chosenOf(to.get(key) ?? 'stay')}
                  data={[
                    { value: 'stay', label: text('automation.move.stay', { version }) },
                    ...targets.map((target) => ({
                      value: `step ${target.value}`,
                      label: text(target.value === step ? 'automation.move.same' : 'automation.move.at', {
                        step: target.label,
                      }),
                    })),
                    { value: 'exit', label: text('automation.move.exit') },
                  ]}
                  onChange={(event) => {
                    const next = event.currentTarget.value
                    onChange(key, next.startsWith('step ') ? { step: next.slice(5) } : (next as 'stay' | 'exit'))
                  }}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
