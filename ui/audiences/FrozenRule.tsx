import { useElementSize } from '@mantine/hooks'
import { useCallback, useMemo } from 'react'
import { ruleAt } from '../../rules/commands.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { FlowCanvas } from '../canvas/flow/FlowCanvas.tsx'
import { layoutRule } from '../canvas/layout/layoutRule.ts'
import { COMPACT } from '../canvas/layout/metrics.ts'
import { cardLines } from '../canvas/rule/cardLines.ts'
import { cardTypes, lineTypes } from '../canvas/rule/cardTypes.ts'
import { mapColor } from '../canvas/rule/mapColor.ts'
import { RuleViewContext } from '../canvas/rule/ruleView.ts'
import { useFonts } from '../canvas/rule/useFonts.ts'
import { usePointing } from '../canvas/usePointing.ts'
import { useRuleViewOf } from '../canvas/useRuleView.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Audience.module.css'

const NOTHING_FOLDED: ReadonlySet<Path> = new Set()
const nothing = () => {}

/** A rule as it was, drawn as the canvas draws rules: to be looked at and walked through, not to be changed or counted. */
export default function FrozenRule({ name, rule }: { name: string; rule: Rule }) {
  const text = useText()
  const view = useRuleViewOf(name)
  const { focus, selectNothing } = usePointing(nothing, nothing)
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const room = useMemo(() => ({ width, height }), [width, height])
  const fonts = useFonts()
  const flow = useMemo(() => {
    // cards are measured anew when the fonts have come
    void fonts
    const linesOf = (condition: Parameters<typeof cardLines>[0]) => cardLines(condition, view.words, COMPACT.card.width)
    return layoutRule(rule, { metrics: COMPACT, collapsed: NOTHING_FOLDED, linesOf })
  }, [rule, view.words, fonts])
  const cards = useMemo(
    () => new Map(flow.nodes.map(({ id, path }) => [id, { path, rule: ruleAt(rule, path) ?? rule }])),
    [flow, rule],
  )
  const dataOf = useCallback((id: string) => cards.get(id) ?? { path: '', rule }, [cards, rule])
  const reachable = useMemo(
    () => new Set(flow.nodes.filter((node) => node.kind !== 'frame').map((node) => node.id)),
    [flow],
  )
  return (
    <RuleViewContext value={view}>
      <section ref={ref} className={classes.canvas} aria-label={text('criteria.canvas')}>
        {width > 0 && height > 0 && (
          <FlowCanvas
            label={text('canvas.label', { name })}
            placed={flow}
            nodeTypes={cardTypes}
            edgeTypes={lineTypes}
            dataOf={dataOf}
            reachable={reachable}
            focus={focus}
            spots={null}
            mapColor={mapColor}
            onKey={() => false}
            onLeave={selectNothing}
            room={room}
          />
        )}
      </section>
    </RuleViewContext>
  )
}
