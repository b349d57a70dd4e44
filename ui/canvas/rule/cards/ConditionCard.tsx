import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { type Condition, isCondition, isNot, type Path, type Rule } from '../../../../rules/rule.ts'
import { cardWords, textOf, titleOf } from '../../../../rules/words.ts'
import { useText } from '../../../shared/useText.tsx'
import { CanvasCard } from '../../flow/CanvasCard.tsx'
import { type Kind, kindOf } from '../kinds.ts'
import { type RuleCardData, useProblem, useRuleView, useTraced, useWarning } from '../ruleView.ts'
import { useNumbersLabel } from '../useNumbersLabel.ts'
import classes from './cards.module.css'
import { OutText } from './OutText.tsx'
import { ShareBar } from './ShareBar.tsx'

/** The condition that a card shows, which may stand under a `not`. */
const conditionOf = (rule: Rule): Condition | undefined => {
  const inner = isNot(rule) ? rule.not : rule
  return isCondition(inner) ? inner : undefined
}

/** A condition as a sentence whose changeable words are pills; dashed and with “not” when it is inverted. */
export const ConditionCard = memo(function ConditionCard({ id, data }: NodeProps) {
  const { path, rule } = data as RuleCardData
  const text = useText()
  const { words } = useRuleView()
  const traced = useTraced({ path, of: 'in' })
  const problem = useProblem(path)
  const warning = useWarning(path)
  const numbers = useNumbersLabel(path)
  const condition = conditionOf(rule)
  if (!condition) return null

  const inverted = isNot(rule)
  const { icon: Sign, hue } = kindOf(condition)
  const title = titleOf(condition, words)
  const pieces = cardWords(condition, words)
  const sentence = `${inverted ? `${text('canvas.not')} ` : ''}${title} ${textOf(pieces)}`

  return (
    <>
      <CanvasCard
        id={id}
        label={[sentence, problem, warning, numbers, text('canvas.card.edit')]
          .flatMap((said) => said?.replace(/\.$/, '') || [])
          .join('. ')}
        inverted={inverted}
        traced={traced}
        problem={problem !== undefined}
        warning={warning !== undefined}
      >
        <span className={classes.title}>
          <span className={`${classes.icon} ${classes[hue]}`} aria-hidden="true">
            <Sign size={15} stroke={1.8} />
          </span>
          {inverted && <span className={classes.not}>{text('canvas.not')}</span>}
          <span className={classes.name}>{title}</span>
          {problem !== undefined && <IconAlertCircle size={18} className={classes.problemSign} aria-hidden="true" />}
          {problem === undefined && warning !== undefined && (
            <IconAlertTriangle size={18} className={classes.warningSign} aria-hidden="true" />
          )}
        </span>
        <span className={classes.phrase} data-detail>
          {pieces.map((piece) =>
            piece.field === undefined ? (
              piece.text
            ) : (
              <span key={piece.field} className={classes.pill} data-field={piece.field}>
                {piece.text}
              </span>
            ),
          )}
        </span>
        <UnderPhrase path={path} hue={hue} problem={problem} warning={warning} />
      </CanvasCard>
      <OutText path={path} />
    </>
  )
})

type Under = { path: Path; hue: Kind['hue']; problem: string | undefined; warning: string | undefined }

/** The foot of a card: what is wrong or odd, else how many pass. */
function UnderPhrase({ path, hue, problem, warning }: Under) {
  const said = problem ?? warning
  if (said === undefined) return <ShareBar path={path} hue={hue} />
  return (
    <span className={problem === undefined ? classes.warning : classes.problem} title={said}>
      {said}
    </span>
  )
}
