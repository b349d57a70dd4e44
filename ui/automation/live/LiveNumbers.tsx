import { Text, UnstyledButton } from '@mantine/core'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import panel from '../../canvas/panel/panel.module.css'
import { Count } from '../../shared/Count.tsx'
import { useText } from '../../shared/useText.tsx'
import { GROUPS, type Group } from './AtWhole.tsx'
import classes from './live.module.css'

type Props = {
  steps: AutomationSteps
  /** Which of the numbers is looked at. */
  looked: Group | null
  onLook: (group: Group) => void
}

/** Who entered, and where they are now: the parts make the whole, and it shows. Each number leads to its customers. */
export function LiveNumbers({ steps, looked, onLook }: Props) {
  const text = useText()
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.numbers')}</h2>
      <ul className={classes.figures}>
        {GROUPS.map((group) => (
          <li key={group}>
            <UnstyledButton
              className={classes.figure ?? ''}
              aria-pressed={looked === group}
              onClick={() => onLook(group)}
            >
              <span className={panel.figureName}>{text(`automation.number.${group}`)}</span>
              <span className={`${panel.figureValue} ${group === 'failed' && steps.failed > 0 ? panel.down : ''}`}>
                <Count value={steps[group]} />
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
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
