import { Text } from '@mantine/core'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { MessageLinks } from '../../canvas/panel/MessageLinks.tsx'
import panel from '../../canvas/panel/panel.module.css'
import { useText } from '../../shared/useText.tsx'
import type { Remark } from '../automationView.ts'
import { stepName } from '../editing/commandLabel.ts'
import { cardRef } from '../flow/automationFlow.ts'

type Props = {
  byCard: ReadonlyMap<string, readonly Remark[]>
  automation: Automation
  onShow: (card: string) => void
}

/** All that is wrong, and all that is surely not meant; each leads to its card. */
export function FindingList({ byCard, automation, onShow }: Props) {
  const text = useText()
  const nameOf = (card: string): string => {
    const ref = cardRef(card)
    if (!ref || ref.kind === 'end') return text('automation.end')
    if (!('step' in ref)) return text(`automation.card.${ref.kind}`)
    const step = placedStep(automation, ref.step)?.step
    return step ? stepName(step, text) : ref.step
  }
  const all = [...byCard].flatMap(([card, remarks]) =>
    remarks.map(({ level, message }) => ({
      path: card,
      level,
      message: text('canvas.warning.at', { what: nameOf(card), message }),
    })),
  )
  const errors = all.filter(({ level }) => level === 'error')
  const warnings = all.filter(({ level }) => level === 'warning')
  return (
    <>
      {errors.length > 0 && (
        <section className={panel.section} role="alert">
          <Text fw={600} fz="sm" c="var(--mantine-color-error)">
            {text('canvas.problems', { count: errors.length })}
          </Text>
          <MessageLinks messages={errors} onShow={onShow} />
        </section>
      )}
      {warnings.length > 0 && (
        <section className={panel.section} aria-label={text('canvas.warnings', { count: warnings.length })}>
          <Text fw={600} fz="sm" c="var(--attention)">
            {text('canvas.warnings', { count: warnings.length })}
          </Text>
          <MessageLinks messages={warnings} onShow={onShow} />
        </section>
      )}
    </>
  )
}
