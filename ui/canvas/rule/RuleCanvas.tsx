import { useElementSize } from '@mantine/hooks'
import { useMemo, useRef } from 'react'
import { ruleAt } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { Editing } from '../editing/useEditing.ts'
import { useRuleSpots } from '../editing/useRuleSpots.ts'
import { FlowCanvas } from '../flow/FlowCanvas.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { isReadable } from '../flow/openingView.ts'
import { layoutRule } from '../layout/layoutRule.ts'
import { COMPACT, type Metrics, ROOMY } from '../layout/metrics.ts'
import type { RuleFlow } from '../layout/ruleFlow.ts'
import { cardLines } from './cardLines.ts'
import classes from './cards/cards.module.css'
import { cardTypes, lineTypes } from './cardTypes.ts'
import { mapColor } from './mapColor.ts'
import { type RuleCardData, type RuleView, RuleViewContext } from './ruleView.ts'
import { useFonts } from './useFonts.ts'

type Props = {
  rule: Rule
  view: RuleView
  focus: CanvasFocus
  folded: ReadonlySet<Path>
  editing: Editing
  onLeave: () => void
  children?: React.ReactNode
}

/** A rule drawn as the funnel that customers fall through. The tree decides everything; nothing else is kept. */
export function RuleCanvas({ rule, view, focus, folded, editing, onLeave, children }: Props) {
  const text = useText()
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const room = useMemo(() => ({ width, height }), [width, height])
  const fonts = useFonts()
  const flow = useMemo(() => layoutFor(rule, folded, view, { ...room, fonts }), [rule, folded, view, room, fonts])
  const dataOf = useCardData(rule, flow)
  const spots = useRuleSpots({ rule, flow, focus, editing, words: view.words })
  const reachable = useMemo(
    () => new Set(flow.nodes.filter((node) => node.kind !== 'frame').map((node) => node.id)),
    [flow],
  )
  return (
    <RuleViewContext value={view}>
      <div ref={ref} className={classes.room}>
        {width > 0 && height > 0 && (
          <FlowCanvas
            label={text('canvas.label', { name: view.name })}
            placed={flow}
            nodeTypes={cardTypes}
            edgeTypes={lineTypes}
            dataOf={dataOf}
            reachable={reachable}
            focus={focus}
            spots={spots}
            mapColor={mapColor}
            onKey={editing.onKey}
            onLeave={onLeave}
            room={room}
          >
            {children}
          </FlowCanvas>
        )}
      </div>
    </RuleViewContext>
  )
}

/** With air where there is room for it, else denser, so that more of the rule can be read at once. */
function layoutFor(
  rule: Rule,
  folded: ReadonlySet<Path>,
  { words }: RuleView,
  room: { width: number; height: number; fonts: number },
): RuleFlow {
  const layout = (metrics: Metrics): RuleFlow =>
    layoutRule(rule, {
      metrics,
      collapsed: folded,
      linesOf: (condition) => cardLines(condition, words, metrics.card.width),
    })
  const roomy = layout(ROOMY)
  return isReadable(roomy, room) ? roomy : layout(COMPACT)
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
