import { useDeferredValue, useMemo } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import { type AutomationLine, linesOf } from '../../../rules/automations/words.ts'
import type { WordOptions } from '../../../rules/words.ts'
import type { Store } from '../../canvas/flow/store.ts'
import { Phrase } from '../../canvas/panel/InWords.tsx'
import panel from '../../canvas/panel/panel.module.css'
import { useText } from '../../shared/useText.tsx'
import { stepCard } from '../flow/automationFlow.ts'
import classes from './AutomationInWords.module.css'

type Props = {
  automation: Automation
  words: WordOptions
  /** The card that is pointed at, here or on the canvas: its words are lit. */
  pointed: Store<string | null>
  onPoint: (card: string | null) => void
}

/** The automation as “when / then / unless”; each line lights its card, and back. */
export function AutomationInWords({ automation, words, pointed, onPoint }: Props) {
  const text = useText()
  const drawn = useDeferredValue(automation)
  const lines = useMemo(() => linesOf(drawn, words), [drawn, words])
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('canvas.words')}</h2>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={`${line.kind} ${line.path}`} style={{ paddingLeft: line.depth * 10 }} data-kind={line.kind}>
            <Phrase path={cardOf(line)} runs={line.runs} pointed={pointed} onPoint={onPoint} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function cardOf({ kind, id }: AutomationLine): string {
  if (kind === 'step' || kind === 'way') return stepCard(id ?? '')
  return kind === 'unless' || kind === 'goal' ? `${kind}:` : 'when:'
}
