import { Badge, UnstyledButton } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import type { AutomationVersion } from '../../../api/contract/automations.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { stepSentence } from '../../../rules/automations/words.ts'
import { textOf, type WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { automationStepsQuery } from '../../client/automations.ts'
import { Count } from '../../shared/Count.tsx'
import { useText } from '../../shared/useText.tsx'
import { isAutomation } from '../keeping/isAutomation.ts'
import classes from './live.module.css'

/** As many earlier versions are looked at; in older ones there is hardly anybody. */
const MOST = 5

type Props = {
  id: string
  /** The newest version, as it is drawn. */
  automation: Automation
  earlier: readonly AutomationVersion[]
  words: WordOptions
  onOpen: (version: number, step: string) => void
}

/** Where people still stand in earlier versions, and which of these steps are not in the newest one any more. */
export function EarlierVersions({ id, automation, earlier, words, onOpen }: Props) {
  const text = useText()
  const inhabited = earlier.filter(({ inside, failed }) => inside + failed > 0).slice(0, MOST)
  const found = useQueries({ queries: inhabited.map(({ version }) => automationStepsQuery(id, version)) })
  const rows = inhabited.flatMap(({ version, definition }, n) =>
    (found[n]?.data?.steps ?? []).flatMap(({ step, inside, failed }) => {
      if (inside + failed === 0) return []
      const then = isAutomation(definition) ? placedStep(definition, step)?.step : undefined
      const label = then && isAutomation(definition) ? textOf(stepSentence(then, definition, words)) : step
      return [{ version, step, label, count: inside + failed, gone: placedStep(automation, step) === undefined }]
    }),
  )
  if (rows.length === 0) return null
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.earlier')}</h2>
      <ul className={classes.reasons}>
        {rows.map(({ version, step, label, count, gone }) => (
          <li key={`${version} ${step}`}>
            <UnstyledButton className={classes.earlier ?? ''} onClick={() => onOpen(version, step)}>
              <span className={classes.said} style={{ flex: 1 }}>
                {text('automation.earlier.at', { version, step: label })}{' '}
                {gone && (
                  <Badge size="sm" color="red">
                    {text('automation.change.removed')}
                  </Badge>
                )}
              </span>
              <Count value={count} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
