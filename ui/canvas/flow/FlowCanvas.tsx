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
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { useText } from '../../shared/useText.tsx'
import { DragGhost } from './DragGhost.tsx'
import { movedWithin } from './edgePan.ts'
import classes from './FlowCanvas.module.css'
import { type CanvasFocus, CanvasFocusContext } from './focus.ts'
import { openingView } from './openingView.ts'
import type { Placed, PlacedLine, PlacedNode } from './placed.ts'
import { type CanvasSpots, CanvasSpotsContext } from './spots.ts'
import { useCanvasActs } from './useCanvasActs.ts'
import { useCanvasKeys } from './useCanvasKeys.ts'
import { useDragging } from './useDragging.ts'
import { useMovedLayout } from './useMovedLayout.ts'
import { ZoomButtons } from './ZoomButtons.tsx'
import { ZoomScale } from './ZoomScale.tsx'

/** Below this zoom nothing can be read: only shapes are drawn, which keeps large rules fluent. */
const FAR = 0.4

/** From this many cards on, a map of the whole helps. */
const LARGE = 25

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
  /** Where something can be put; null where nothing can. */
  spots: CanvasSpots | null
  /** The colour of a card on the map of a large canvas. */
  mapColor: (node: Node) => string
  /** Keys that are not the canvas's own; says whether it took the key. */
  onKey: (event: KeyboardEvent) => boolean
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
        <CanvasSpotsContext value={props.spots}>
          <Canvas {...props} />
        </CanvasSpotsContext>
      </CanvasFocusContext>
    </ReactFlowProvider>
  )
}

function Canvas(props: Props) {
  const {
    label,
    placed,
    nodeTypes,
    edgeTypes,
    dataOf,
    reachable,
    focus,
    spots,
    room,
    mapColor,
    onKey,
    onLeave,
    children,
  } = props
  const text = useText()
  const flow = useReactFlow()
  const { colorScheme } = useMantineColorScheme()
  const still = useReducedMotion()
  const element = useRef<HTMLDivElement>(null)
  const ghost = useRef<HTMLDivElement>(null)
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

  const keys = useCanvasActs({
    canvas: element,
    placed,
    reachable,
    focus,
    spots,
    room,
    duration,
    onKey,
    onLeave,
    onMovedByHand: useCallback(() => {
      movedByHand.current = true
    }, []),
  })
  useCanvasKeys(element, keys)
  const pan = useCallback(
    (by: { x: number; y: number }) => {
      movedByHand.current = true
      const { x, y, zoom } = flow.getViewport()
      const { left, width, height } = placed
      void flow.setViewport({
        x: movedWithin(x, by.x, { from: left * zoom, to: (left + width) * zoom }, room.width),
        y: movedWithin(y, by.y, { from: 0, to: height * zoom }, room.height),
        zoom,
      })
    },
    [flow, placed, room],
  )
  useDragging(element, ghost, spots, pan)

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
            nodeBorderRadius={8}
            style={{ width: 150, height: 110 }}
          />
        )}
      </ReactFlow>
      <ZoomScale canvas={element} />
      {spots && <DragGhost spots={spots} element={ghost} />}
      <ZoomButtons onIn={keys.zoomIn} onOut={keys.zoomOut} onFit={keys.fit} />
      {children}
    </section>
  )
}
