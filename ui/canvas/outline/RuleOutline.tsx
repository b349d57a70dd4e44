import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { Clipboard } from '../editing/useClipboard.ts'
import type { Editing } from '../editing/useEditing.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import { useStoreValue } from '../flow/store.ts'
import { type RuleView, RuleViewContext } from '../rule/ruleView.ts'
import type { Folding } from '../useFolding.ts'
import { AddLine } from './AddLine.tsx'
import { Line } from './Line.tsx'
import { LineMenu, type OpenMenu } from './LineMenu.tsx'
import { NumberHeads } from './LineNumbers.tsx'
import { cardOf, treeLines } from './lines.ts'
import classes from './outline.module.css'
import { type FollowedMarks, type Outline, OutlineContext } from './outlineContext.ts'
import { focusLine, useOutlineActs } from './useOutlineActs.ts'
import { useSameSelection } from './useSameSelection.ts'

type Props = {
  view: RuleView
  focus: CanvasFocus
  folding: Folding
  editing: Editing
  clipboard: Clipboard
  /** Null when nobody is followed. */
  followed: FollowedMarks | null
  /** Escape on a line. */
  onLeave: () => void
  /** What can be done with what is selected; stands over the outline. */
  bar: ReactNode
  children?: ReactNode
}

/** A rule as nested groups, line by line: a tree (WAI-ARIA) with one tab stop. The same rule as on the canvas. */
export function RuleOutline(props: Props) {
  const { view, focus, folding, editing, clipboard, followed, onLeave, bar, children } = props
  const text = useText()
  const help = useId()
  const outline = useRef<HTMLElement>(null)
  // Once for all lines: a large rule has a thousand numbers.
  const stale = useStoreValue(view.counts, (counts) => counts.stale)
  const estimated = useStoreValue(view.counts, (counts) => counts.estimated ?? false)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const lines = useMemo(() => treeLines(editing.rule, folding.folded), [editing.rule, folding.folded])
  useSameSelection(outline, lines, focus)

  const acts = useOutlineActs({ outline, lines, words: view.words, folding, focus, editing, setMenu, onLeave })
  const shared = useMemo<Outline>(() => ({ ...acts, focus, followed }), [acts, focus, followed])
  return (
    <RuleViewContext value={view}>
      <OutlineContext value={shared}>
        <div className={classes.room}>
          <section
            ref={outline}
            className={classes.outline}
            data-stale={stale || undefined}
            data-estimated={estimated || undefined}
            aria-label={text('outline.label', { name: view.name })}
          >
            <div className={classes.bar}>{children}</div>
            <NumberHeads />
            <div
              role="tree"
              className={classes.tree}
              aria-label={text('outline.label', { name: view.name })}
              aria-describedby={help}
              aria-multiselectable
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
            <LineMenu
              open={menu}
              rule={editing.rule}
              clipboard={clipboard}
              onAct={acts.run}
              onEdit={(line) => focus.onActivate(cardOf(line), undefined)}
              onClose={() => {
                setMenu(null)
                focusLine(outline.current, focus.store.get().current)
              }}
            />
          </section>
          {bar}
        </div>
      </OutlineContext>
    </RuleViewContext>
  )
}
