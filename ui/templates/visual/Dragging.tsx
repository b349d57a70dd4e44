import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MeasuringStrategy,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { excerptOf, kindOf } from '../blocks/blockKind.ts'
import { PALETTE } from '../blocks/palette.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import type { Place } from '../mjml/outcome.ts'
import { fitted, placesFor, positionOf } from '../mjml/places.ts'
import { elementAt, nodeAt, type Path } from '../mjml/walk.ts'
import { DraggedContext } from './DraggedContext.ts'
import classes from './Dragging.module.css'
import { blockBefore, placeOfSpot } from './spots.ts'

/** What is being dragged: a block of the palette, or one of the template. */
type Dragged = { readonly item: string } | { readonly path: Path }

/** How far from a place a block may be let go, in pixels. */
const NEAR = 90

/** The place nearest to the pointer; by keys the one that was gone to. */
const nearest: CollisionDetection = (given) => {
  const { pointerCoordinates: pointer, droppableRects, droppableContainers, collisionRect } = given
  const point = pointer ?? { x: collisionRect.left, y: collisionRect.top }
  const within = pointerWithin(given)
  const found = droppableContainers.flatMap((droppableContainer) => {
    const rect = droppableRects.get(droppableContainer.id)
    if (!rect) return []
    const x = Math.max(rect.left - point.x, 0, point.x - rect.right)
    const y = Math.max(rect.top - point.y, 0, point.y - rect.bottom)
    const value = Math.hypot(x, y) - (within.some(({ id }) => id === droppableContainer.id) ? 1 : 0)
    return value > NEAR ? [] : [{ id: droppableContainer.id, data: { droppableContainer, value } }]
  })
  return found.sort((one, other) => one.data.value - other.data.value)
}

/** Arrow keys go from place to place of the outline, in reading order. */
const alongOutline: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code]
  if (step === undefined) return undefined
  event.preventDefault()
  const spots = [...context.droppableRects.entries()]
    .filter(([id]) => String(id).startsWith('outline '))
    .map(([id, rect]) => ({ id, rect }))
    .sort((one, other) => one.rect.top - other.rect.top || one.rect.left - other.rect.left)
  const at = spots.findIndex(({ id }) => id === context.over?.id)
  const after = spots.findIndex(({ rect }) => rect.top >= currentCoordinates.y)
  const next =
    at >= 0
      ? spots[at + step]
      : step > 0
        ? (spots[after] ?? spots.at(-1))
        : spots[(after < 0 ? spots.length : after) - 1]
  return next && { x: next.rect.left + 1, y: next.rect.top + 1 }
}

/** Drags blocks of the palette, the outline and the picture to the places of the outline and the picture. */
export function Dragging({ editing, children }: { editing: TemplateEditing; children: ReactNode }) {
  const text = useText()
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: alongOutline,
      keyboardCodes: { start: ['Space'], cancel: ['Escape', 'Tab'], end: ['Space', 'Enter'] },
      scrollBehavior: 'auto',
    }),
  )
  const { tree, run } = editing
  const nameOf = (what: Dragged | null): string => {
    if (what === null) return ''
    if ('item' in what) {
      const item = PALETTE.find(({ id }) => id === what.item)
      return item ? text(item.label) : ''
    }
    const node = nodeAt(tree, what.path)
    return node ? text(kindOf(node).label) : ''
  }
  const placeWords = (place: Place | undefined): string => {
    const before = place && blockBefore(place)
    const node = before !== undefined ? nodeAt(tree, before) : place && nodeAt(tree, place.parent)
    if (!place || !node) return text('template.drag.nowhere')
    const name = [text(kindOf(node).label), excerptOf(tree, node)].filter(Boolean).join(' ')
    return text(before === undefined ? 'template.drag.into' : 'template.drag.after', { block: name })
  }
  const announcements: Announcements = {
    onDragStart: ({ active }) => text('template.drag.start', { block: nameOf(draggedOf(active.id)) }),
    onDragOver: ({ over }) => placeWords(over ? placeOfSpot(String(over.id)) : undefined),
    onDragEnd: () => undefined,
    onDragCancel: () => text('template.drag.cancelled'),
  }
  const drop = (what: Dragged, place: Place) => {
    if ('path' in what) {
      run({ kind: 'move', path: what.path, place })
      return
    }
    const item = PALETTE.find(({ id }) => id === what.item)
    const holder = elementAt(tree, place.parent)
    const mjml = item && holder && fitted(holder.name, item.element, item.mjml(text))
    if (item && mjml)
      run({ kind: 'insert', place, mjml }, { label: text('template.did.insert', { block: text(item.label) }) })
  }
  const places = useMemo(() => {
    if (dragged === null) return []
    const name =
      'item' in dragged
        ? PALETTE.find(({ id }) => id === dragged.item)?.element
        : (elementAt(tree, dragged.path)?.name ?? '')
    const found = name === undefined ? [] : placesFor(tree, name, 'path' in dragged ? dragged.path : undefined)
    return found.sort((one, other) => positionOf(tree, one) - positionOf(tree, other))
  }, [dragged, tree])

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={nearest}
      measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
      autoScroll={{ threshold: { x: 0, y: 0.15 } }}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: text('template.drag.instructions') },
      }}
      onDragStart={({ active }) => setDragged(draggedOf(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null)
        const place = over ? placeOfSpot(String(over.id)) : undefined
        const what = draggedOf(active.id)
        if (place && what) drop(what, place)
      }}
    >
      <DraggedContext value={places}>{children}</DraggedContext>
      <DragOverlay dropAnimation={null}>
        {dragged && <div className={classes.ghost}>{nameOf(dragged)}</div>}
      </DragOverlay>
    </DndContext>
  )
}

/** The name of something that can be dragged, and back. */
export const dragId = (where: 'palette' | 'outline' | 'picture', what: string): string => `${where} ${what}`

function draggedOf(id: string | number): Dragged | null {
  const [where, what = ''] = String(id).split(' ')
  return where === 'palette' ? { item: what } : { path: what }
}
