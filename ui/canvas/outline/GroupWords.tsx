import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isAll, isAny } from '../../../rules/rule.ts'
import { phraseOf, textOf } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import cards from '../rule/cards/cards.module.css'
import { useRuleView } from '../rule/ruleView.ts'
import type { NodeLine } from './lines.ts'
import classes from './outline.module.css'

type Props = { line: NodeLine; children: ReactNode }

/** The head of a group: “All of”, “Any of”, “Not”; what is in it as a sentence while it is folded. */
export function GroupWords({ line: { inner, inverted, open, path }, children }: Props) {
  const text = useText()
  const { words } = useRuleView()
  const empty = (isAll(inner) && inner.all.length === 0) || (isAny(inner) && inner.any.length === 0)
  return (
    <>
      <span className={classes.fold} data-fold data-open={open || undefined} aria-hidden="true">
        <IconChevronRight size={16} />
      </span>
      <span className={classes.words}>
        {inverted && <span className={cards.not}>{text('canvas.not')}</span>}
        <span className={classes.title}>{text(groupHeading(inner))}</span>
        {empty && <span className={classes.phrase}>{text(isAny(inner) ? 'canvas.nobody' : 'canvas.everybody')}</span>}
        {!open && !empty && <span className={classes.folded}>{textOf(phraseOf(inner, path, words))}</span>}
        {children}
      </span>
    </>
  )
}

/** What stands at the head of a group; a `not` of a `not` is a group of one. */
export const groupHeading = (group: NodeLine['inner']) =>
  isAll(group) ? 'outline.all' : isAny(group) ? 'outline.any' : 'outline.not'
