import type { ReactNode } from 'react'
import type { Condition } from '../../../rules/rule.ts'
import { cardWords, titleOf } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import cards from '../rule/cards/cards.module.css'
import { kindOf } from '../rule/kinds.ts'
import { useRuleView } from '../rule/ruleView.ts'
import classes from './outline.module.css'

type Props = { condition: Condition; inverted: boolean; children: ReactNode }

/** A condition in the words of its card, on one line where there is room; the changeable ones are pills. */
export function ConditionWords({ condition, inverted, children }: Props) {
  const text = useText()
  const { words } = useRuleView()
  const { icon: Sign, hue } = kindOf(condition)
  return (
    <>
      <span className={`${cards.icon} ${cards[hue]} ${classes.sign}`} aria-hidden="true">
        <Sign size={15} stroke={1.8} />
      </span>
      <span className={classes.words}>
        {inverted && <span className={cards.not}>{text('canvas.not')}</span>}
        <span className={classes.title}>{titleOf(condition, words)}</span>
        <span className={classes.phrase}>
          {cardWords(condition, words).map((piece) =>
            piece.field === undefined ? (
              piece.text
            ) : (
              <span key={piece.field} className={`${cards.pill} ${classes.pill}`} data-field={piece.field}>
                {piece.text}
              </span>
            ),
          )}
        </span>
        {children}
      </span>
    </>
  )
}
