import { Text } from '@mantine/core'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import panel from '../../canvas/panel/panel.module.css'
import { Count } from '../../shared/Count.tsx'
import { useText } from '../../shared/useText.tsx'

const PARTS = ['inside', 'finished', 'exited', 'failed'] as const

/** Who entered, and where they are now: the parts make the whole, and it shows. */
export function LiveNumbers({ steps }: { steps: AutomationSteps }) {
  const text = useText()
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.numbers')}</h2>
      <dl className={panel.figures} style={{ flexWrap: 'wrap', rowGap: 8 }}>
        <div>
          <dt>{text('automation.entered.word')}</dt>
          <dd>
            <Count value={steps.entered} />
          </dd>
        </div>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{text(`automation.number.${part}`)}</dt>
            <dd className={part === 'failed' && steps.failed > 0 ? panel.down : undefined}>
              <Count value={steps[part]} />
            </dd>
          </div>
        ))}
      </dl>
      {(steps.goal > 0 || steps.held_out > 0) && (
        <Text fz="sm" mt={8} className="numbers">
          {text('automation.numbers.goal', { goal: steps.goal, heldOut: steps.held_out })}
        </Text>
      )}
      <Text fz="xs" c="dimmed" mt={6}>
        {text('automation.numbers.sum')}
      </Text>
    </section>
  )
}
