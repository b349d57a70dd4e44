import { Button, Group, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { AutomationCommand } from '../../../rules/automations/commands.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import type { WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { useEscape } from '../../canvas/panel/useEscape.ts'
import { useText } from '../../shared/useText.tsx'
import type { Remark } from '../automationView.ts'
import { stepName } from '../editing/commandLabel.ts'
import { cardRef } from '../flow/automationFlow.ts'
import { GoalForm, UnlessForm, WhenForm } from '../forms/HeadForms.tsx'
import { StepForm } from '../forms/StepForm.tsx'

/** The card whose form is open; `time` tells one opening from the next. */
export type EditedCard = { readonly card: string; readonly stay: boolean; readonly time: number }

type Props = {
  edited: EditedCard
  automation: Automation
  words: WordOptions
  remarks: readonly Remark[]
  onCommand: (command: AutomationCommand) => void
  onRemove: () => void
  onClose: () => void
}

/** What the selected card says, to be changed. Each change is a command on the tree, and the canvas follows. */
export function EditCard({ edited, automation, words, remarks, onCommand, onRemove, onClose }: Props) {
  const text = useText()
  const section = useRef<HTMLElement>(null)
  useEscape(section, onClose)
  useEffect(() => {
    if (edited.stay) return
    const first = section.current?.querySelector<HTMLElement>('[data-autofocus]')
    const control = first?.matches('input, select, textarea')
      ? first
      : (first ?? section.current)?.querySelector<HTMLElement>('input:not([type="hidden"]), select, textarea, button')
    control?.focus({ preventScroll: true })
  }, [edited.stay])
  const ref = cardRef(edited.card)
  const step = ref && 'step' in ref ? placedStep(automation, ref.step)?.step : undefined
  if (!ref || ref.kind === 'end' || ref.kind === 'join' || ('step' in ref && !step)) return null
  const heading = step ? stepName(step, text) : text(`automation.card.${ref.kind as 'when' | 'unless' | 'goal'}`)
  const forms = { automation, words, onChange: (head: Parameters<typeof toHead>[0]) => onCommand(toHead(head)) }
  return (
    <section ref={section} className={panel.section} aria-label={heading}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
        }}
      >
        <Text fw={600} fz="sm" mb="xs">
          {heading}
        </Text>
        {step && (
          <StepForm
            step={step}
            automation={automation}
            words={words}
            onChange={(next) => onCommand({ kind: 'change', step: next })}
          />
        )}
        {ref.kind === 'when' && <WhenForm {...forms} />}
        {ref.kind === 'unless' && <UnlessForm {...forms} />}
        {ref.kind === 'goal' && <GoalForm {...forms} />}
        {remarks.map(({ level, message }) => (
          <Text key={message} fz="sm" mt="xs" c={level === 'error' ? 'var(--mantine-color-error)' : 'var(--attention)'}>
            {message}
          </Text>
        ))}
        <Group justify="space-between" mt="md">
          {step ? (
            <Button variant="subtle" color="gray" size="xs" leftSection={<IconTrash size={15} />} onClick={onRemove}>
              {text('canvas.act.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" size="xs" variant="default">
            {text('canvas.field.done')}
          </Button>
        </Group>
      </form>
    </section>
  )
}

const toHead = (head: Extract<AutomationCommand, { kind: 'head' }>['head']): AutomationCommand => ({
  kind: 'head',
  head,
})
