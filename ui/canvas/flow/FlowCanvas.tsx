import '@xyflow/react/dist/style.css'
import { useMantineColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import {
  Background,
  type Edge,
  type EdgeTypes,
  MiniMap,
  type Node,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useText } from '../../shared/useText.tsx'
import classes from './FlowCanvas.module.css'
import { type CanvasFocus, CanvasFocusContext } from './focus.ts'
import { type Direction, neighbourOf } from './neighbour.ts'
import { openingView } from './openingView.ts'
import type { Placed, PlacedLine, PlacedNode } from './placed.ts'
import { type CanvasKeys, useCanvasKeys } from './useCanvasKeys.ts'
import { useMovedLayout } from './useMovedLayout.ts'
import { ZoomButtons } from './ZoomButtons.tsx'

/** Below this zoom nothing can be read: only shapes are drawn, which keeps large rules fluent. */
const FAR = 0.4

/** What stands behind the lines would cover what is in it. */
const mapColor = ({ zIndex }: Node): string =>
  zIndex === -1 ? 'transparent' : 'var(--xy-minimap-node-background-color)'

/** From this many cards on, a map of the whole helps. */
const LARGE = 40

type Props = {
  /** Named for screen readers: “Rule of Slipping away”. */
  label: string
  placed: Placed<PlacedNode, PlacedLine>
  /** By kind of card; must stay the same object. */
  nodeTypes: NodeTypes
  /** Of the one kind of line, `line`; must stay the same object. */
  edgeTypes: EdgeTypes
  /** What a card shows. The same object as long as it shows the same. */
  dataOf: (id: string) => Record<string, unknown>
  /** Cards that can have the focus; the others are only to look at. */
  reachable: ReadonlySet<string>
  focus: CanvasFocus
  /** Escape on the canvas, or a click beside the cards. */
  onLeave: () => void
  /** The size of the canvas's window, in pixels; what is around the canvas must give it just this. */
  room: { readonly width: number; readonly height: number }
  /** What stands over the canvas. */
  children?: ReactNode
}

/**
 * A canvas with cards and lines that a layout has placed: draws them, moves them when the layout changes, opens so that
 * all can be read, and is used by mouse, touch and keyboard. What the cards say is the caller's matter.
 */
export function FlowCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <CanvasFocusContext value={props.focus}>
        <Canvas {...props} />
      </CanvasFocusContext>
    </ReactFlowProvider>
  )
}

function Canvas(props: Props) {
  const { label, placed, nodeTypes, edgeTypes, dataOf, reachable, focus, room, onLeave, children } = props
  const text = useText()
  const flow = useReactFlow()
  const { colorScheme } = useMantineColorScheme()
  const still = useReducedMotion()
  const element = useRef<HTMLDivElement>(null)
  const shown = useMovedLayout(placed)
  const movedByHand = useRef(false)
  const far = useStore(({ transform }) => transform[2] < FAR)

  const nodes = useMemo<Node[]>(
    () =>
      shown.map((node) => ({
        id: node.id,
        type: node.kind,
        position: { x: node.x, y: node.y },
        width: node.width,
        height: node.height,
        data: dataOf(node.id),
        // What cannot have the focus stands behind the lines.
        ...(reachable.has(node.id) ? {} : { zIndex: -1 }),
      })),
    [shown, dataOf, reachable],
  )
  const edges = useMemo<Edge[]>(
    () =>
      placed.lines.map((line) => ({ id: line.id, type: 'line', source: line.source, target: line.target, data: line })),
    [placed],
  )

  const duration = still ? 0 : 150
  const view = useMemo(() => openingView(placed, room), [placed, room])
  const first = useRef(view)
  useEffect(() => {
    if (!movedByHand.current && view !== first.current) void flow.setViewport(view, { duration })
  }, [flow, view, duration])

  useEffect(() => {
    const { current } = focus.store.get()
    const [first] = reachable
    if ((current === null || !reachable.has(current)) && first !== undefined) {
      focus.store.set({ ...focus.store.get(), current: first })
    }
  }, [focus, reachable])

  const keys = useMemo<CanvasKeys>(
    () => ({
      move: (direction: Direction) => {
        const { current } = focus.store.get()
        const next = current === null ? undefined : neighbourOf(placed, reachable, current, direction)
        const node = placed.nodes.find(({ id }) => id === next)
        const card = element.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(next ?? '')}"]`)
        if (!node || !card || !element.current) return
        card.focus({ preventScroll: true })
        const box = card.getBoundingClientRect()
        const window = element.current.getBoundingClientRect()
        const visible =
          box.left >= window.left && box.right <= window.right && box.top >= window.top && box.bottom <= window.bottom
        if (visible) return
        movedByHand.current = true
        void flow.setCenter(node.x + node.width / 2, node.y + node.height / 2, { zoom: flow.getZoom(), duration })
      },
      zoomIn: () => void flow.zoomIn({ duration }),
      zoomOut: () => void flow.zoomOut({ duration }),
      fit: () => void flow.setViewport(openingView(placed, room, 0), { duration }),
      leave: onLeave,
    }),
    [focus, placed, reachable, flow, duration, room, onLeave],
  )
  useCanvasKeys(element, keys)

  return (
    <section ref={element} className={classes.canvas} data-far={far || undefined} aria-label={label}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
        defaultViewport={first.current}
        minZoom={0.05}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        onPaneClick={onLeave}
        onMove={(event) => {
          if (event !== null) movedByHand.current = true
        }}
      >
        {!far && <Background gap={22} size={1.4} />}
        {placed.nodes.length > LARGE && (
          <MiniMap
            pannable
            zoomable
            ariaLabel={text('canvas.map')}
            nodeColor={mapColor}
            style={{ width: 150, height: 110 }}
          />
        )}
      </ReactFlow>
      <ZoomButtons onIn={keys.zoomIn} onOut={keys.zoomOut} onFit={keys.fit} />
      {children}
    </section>
  )
}
