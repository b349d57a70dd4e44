import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import type { Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { type RuleView, RuleViewContext } from '../rule/ruleView.ts'
import type { Folding } from '../useFolding.ts'
import { AddLine } from './AddLine.tsx'
import { Line } from './Line.tsx'
import { NumberHeads } from './LineNumbers.tsx'
import { cardOf, lineOf, treeLines } from './lines.ts'
import classes from './outline.module.css'
import { type FollowedMarks, type Outline, OutlineContext } from './outlineContext.ts'
import { useOutlineActs } from './useOutlineActs.ts'

type Props = {
  rule: Rule
  view: RuleView
  focus: CanvasFocus
  folding: Folding
  followed: FollowedMarks | null
  /** Escape on a line. */
  onLeave: () => void
  children?: ReactNode
}

/** A rule as nested groups, line by line: a tree (WAI-ARIA) with one tab stop. The same rule as on the canvas. */
export function RuleOutline({ rule, view, focus, folding, followed, onLeave, children }: Props) {
  const text = useText()
  const help = useId()
  const tree = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => treeLines(rule, folding.folded), [rule, folding.folded])

  // What was pointed at or selected elsewhere has a line here; one of the lines is always the tab stop.
  useEffect(() => {
    const state = focus.store.get()
    const lineFor = (card: string | null) => (card === null ? undefined : lineOf(lines, card))
    const current = lineFor(state.current) ?? lines[0]
    const selected = lineFor(state.selected)
    focus.store.set({
      ...state,
      current: current ? cardOf(current) : null,
      selected: selected ? cardOf(selected) : null,
    })
  }, [focus, lines])

  const acts = useOutlineActs({ tree, lines, words: view.words, folding, focus, onLeave })
  const outline = useMemo<Outline>(() => ({ focus, followed, ...acts }), [focus, followed, acts])
  return (
    <RuleViewContext value={view}>
      <OutlineContext value={outline}>
        <section className={classes.outline} aria-label={text('outline.label', { name: view.name })}>
          <div className={classes.bar}>{children}</div>
          <NumberHeads />
          <div
            ref={tree}
            role="tree"
            className={classes.tree}
            aria-label={text('outline.label', { name: view.name })}
            aria-describedby={help}
          >
            {lines.map((line) =>
              line.kind === 'add' ? (
                <AddLine key={`add:${line.path}`} line={line} />
              ) : (
                <Line key={`node:${line.path}`} line={line} />
              ),
            )}
          </div>
          <VisuallyHidden id={help}>{text('outline.help')}</VisuallyHidden>
        </section>
      </OutlineContext>
    </RuleViewContext>
  )
}
