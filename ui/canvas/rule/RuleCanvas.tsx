import { useCallback, useMemo, useRef, useState } from 'react'
import { ruleAt } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { FlowCanvas } from '../flow/FlowCanvas.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { READABLE_ZOOM } from '../flow/openingView.ts'
import { layoutRule } from '../layout/layoutRule.ts'
import { COMPACT, ROOMY } from '../layout/metrics.ts'
import type { RuleFlow } from '../layout/ruleFlow.ts'
import { cardLines } from './cardLines.ts'
import { cardTypes, lineTypes } from './cardTypes.ts'
import { type RuleCardData, type RuleView, RuleViewContext } from './ruleView.ts'

type Props = {
  rule: Rule
  view: RuleView
  focus: CanvasFocus
  folded: ReadonlySet<Path>
  onLeave: () => void
  onMove: () => void
  children?: React.ReactNode
}

/** A rule drawn as the funnel that customers fall through. The tree decides everything; nothing else is kept. */
export function RuleCanvas({ rule, view, focus, folded, onLeave, onMove, children }: Props) {
  const text = useText()
  const [height, setHeight] = useState(Number.POSITIVE_INFINITY)
  const flow = useMemo(() => layoutFor(rule, folded, view, height), [rule, folded, view, height])
  const dataOf = useCardData(rule, flow)
  const reachable = useMemo(
    () => new Set(flow.nodes.filter((node) => node.kind !== 'frame').map((node) => node.id)),
    [flow],
  )
  return (
    <RuleViewContext value={view}>
      <FlowCanvas
        label={text('canvas.label', { name: view.name })}
        placed={flow}
        nodeTypes={cardTypes}
        edgeTypes={lineTypes}
        dataOf={dataOf}
        reachable={reachable}
        focus={focus}
        onLeave={onLeave}
        onMove={onMove}
        onSize={useCallback((size: { height: number }) => setHeight(size.height), [])}
      >
        {children}
      </FlowCanvas>
    </RuleViewContext>
  )
}

/** With air where there is room for it, else denser, so that more of the rule can be read at once. */
function layoutFor(rule: Rule, folded: ReadonlySet<Path>, { words }: RuleView, height: number): RuleFlow {
  const options = {
    collapsed: folded,
    linesOf: (condition: Parameters<typeof cardLines>[0]) => cardLines(condition, words),
  }
  const roomy = layoutRule(rule, { ...options, metrics: ROOMY })
  return roomy.height * READABLE_ZOOM <= height ? roomy : layoutRule(rule, { ...options, metrics: COMPACT })
}

/** What each card shows; the same object as before where it shows the same, so that only changed cards are drawn. */
function useCardData(rule: Rule, flow: RuleFlow): (id: string) => RuleCardData {
  const before = useRef(new Map<string, RuleCardData>())
  return useMemo(() => {
    const next = new Map<string, RuleCardData>()
    for (const { id, path } of flow.nodes) {
      const node = ruleAt(rule, path) ?? rule
      const old = before.current.get(id)
      next.set(id, old && old.path === path && old.rule === node ? old : { path, rule: node })
    }
    before.current = next
    return (id) => next.get(id) ?? { path: '', rule }
  }, [rule, flow])
}
