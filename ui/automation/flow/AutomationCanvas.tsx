import { useElementSize } from '@mantine/hooks'
import type { Node } from '@xyflow/react'
import { type ReactNode, useMemo, useRef } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import { FlowCanvas } from '../../canvas/flow/FlowCanvas.tsx'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { isReadable } from '../../canvas/flow/openingView.ts'
import { useStoreValue } from '../../canvas/flow/store.ts'
import { COMPACT, type Metrics, ROOMY } from '../../canvas/layout/metrics.ts'
import { linesOf } from '../../canvas/rule/cardLines.ts'
import rule from '../../canvas/rule/cards/cards.module.css'
import { useFonts } from '../../canvas/rule/useFonts.ts'
import { useText } from '../../shared/useText.tsx'
import classes from '../automation.module.css'
import { type AutomationView, AutomationViewContext } from '../automationView.ts'
import { cardTypes, lineTypes } from '../cards/cardTypes.ts'
import { type CardWords, isSameWords, wordsOfCards } from '../cards/cardWords.ts'
import { signOf } from '../cards/kinds.ts'
import type { AutomationEditing } from '../editing/useAutomationEditing.ts'
import { useAutomationSpots } from '../editing/useAutomationSpots.ts'
import { type AutomationFlow, cardRef } from './automationFlow.ts'
import { layoutAutomation } from './layoutAutomation.ts'

type Props = {
  automation: Automation
  view: AutomationView
  focus: CanvasFocus
  folded: ReadonlySet<string>
  /** Null on a canvas that is only looked at. */
  editing: AutomationEditing | null
  onLeave: () => void
  children?: ReactNode
}

/** An automation drawn as the way that customers go. The tree decides everything; nothing else is kept. */
export function AutomationCanvas(props: Props) {
  const { automation, view, focus, folded, editing, onLeave, children } = props
  const text = useText()
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const room = useMemo(() => ({ width, height }), [width, height])
  const fonts = useFonts()
  const cards = useCardWords(automation, view)
  // a text, so that new numbers with the same troubles move nothing
  const troubled = useStoreValue(view.numbers, ({ steps }) =>
    [...steps].flatMap(([id, { failed = 0, held = 0 }]) => (failed + held > 0 ? [id] : [])).join(' '),
  )
  const flow = useMemo(() => {
    const troubles = new Set(troubled.split(' '))
    return layoutFor(automation, cards, { folded, troubles, offers: !view.isReadOnly, room, fonts })
  }, [automation, cards, folded, troubled, view.isReadOnly, room, fonts])
  const reachable = useMemo(() => new Set(flow.nodes.map(({ id }) => id)), [flow])
  return (
    <AutomationViewContext value={view}>
      <div ref={ref} className={`${rule.room} ${classes.canvas}`}>
        {width > 0 && height > 0 && (
          <Drawn
            label={text('automation.canvas', { name: view.name })}
            {...{ flow, cards, reachable, focus, editing, room, onLeave }}
          >
            {children}
          </Drawn>
        )}
      </div>
    </AutomationViewContext>
  )
}

type DrawnProps = Pick<Props, 'focus' | 'onLeave' | 'children' | 'editing'> & {
  label: string
  flow: AutomationFlow
  cards: ReadonlyMap<string, CardWords>
  reachable: ReadonlySet<string>
  room: { width: number; height: number }
}

const NO_WORDS: CardWords = { runs: [] }
const noKey = (): boolean => false

function Drawn({ editing, ...props }: DrawnProps) {
  return editing ? <Editable {...props} editing={editing} /> : <Flow {...props} spots={null} onKey={noKey} />
}

function Editable({ editing, ...props }: Omit<DrawnProps, 'editing'> & { editing: AutomationEditing }) {
  const spots = useAutomationSpots({ flow: props.flow, focus: props.focus, editing })
  return <Flow {...props} spots={spots} onKey={editing.onKey} />
}

type FlowProps = Omit<DrawnProps, 'editing'> & {
  spots: ReturnType<typeof useAutomationSpots> | null
  onKey: (event: KeyboardEvent) => boolean
}

function Flow({ label, flow, cards, reachable, focus, spots, room, onKey, onLeave, children }: FlowProps) {
  const dataOf = useMemo(
    () => (id: string) => (cards.get(id) ?? NO_WORDS) as CardWords & Record<string, unknown>,
    [cards],
  )
  return (
    <FlowCanvas
      label={label}
      placed={flow}
      nodeTypes={cardTypes}
      edgeTypes={lineTypes}
      dataOf={dataOf}
      reachable={reachable}
      focus={focus}
      spots={spots}
      mapColor={mapColor}
      onKey={onKey}
      onLeave={onLeave}
      room={room}
    >
      {children}
    </FlowCanvas>
  )
}

/** The words of all cards; each the same object as before where it says the same, so that only changed ones are drawn. */
function useCardWords(automation: Automation, { words }: AutomationView): ReadonlyMap<string, CardWords> {
  const before = useRef<ReadonlyMap<string, CardWords>>(new Map())
  return useMemo(() => {
    const next = wordsOfCards(automation, words)
    for (const [id, card] of next) {
      const old = before.current.get(id)
      if (old && isSameWords(old, card)) next.set(id, old)
    }
    before.current = next
    return next
  }, [automation, words])
}

const FONT = '14px "Inter Variable", system-ui, sans-serif'
const SMALL = '13px "Inter Variable", system-ui, sans-serif'
/** What a card has beside its words: sign and air, in pixels. */
const BESIDE = 58
const MOST_LINES = 5

type Drawing = {
  folded: ReadonlySet<string>
  /** Steps at which somebody failed or is held: their cards have a line for it. */
  troubles: ReadonlySet<string>
  offers: boolean
  room: { width: number; height: number }
  fonts: number
}

/** With air where there is room for it, else denser. */
function layoutFor(automation: Automation, cards: ReadonlyMap<string, CardWords>, drawing: Drawing): AutomationFlow {
  const layout = (metrics: Metrics): AutomationFlow =>
    layoutAutomation(automation, {
      metrics,
      folded: drawing.folded,
      offers: drawing.offers,
      linesOf: (card) => {
        const ref = cardRef(card)
        const { runs } = cards.get(card) ?? NO_WORDS
        if (ref?.kind === 'way') return linesOf(runs, 184, SMALL, 3)
        const narrower = ref?.kind === 'unless' || ref?.kind === 'goal' ? 40 : 0
        const trouble = ref?.kind === 'step' && drawing.troubles.has(ref.step) ? 1 : 0
        return trouble + linesOf(runs, metrics.card.width - narrower - BESIDE, FONT, MOST_LINES)
      },
    })
  const roomy = layout(ROOMY)
  return isReadable(roomy, drawing.room) ? roomy : layout(COMPACT)
}

/** The colour of a card on the map of a large canvas: that of what the step does. */
function mapColor({ type, data }: Node): string {
  const { step } = data as CardWords
  if (!step || (type !== 'step' && type !== 'folded')) return 'var(--xy-minimap-node-background-color)'
  return `var(--mantine-color-${signOf(step).hue}-5)`
}
