import { useDraggable, useDroppable } from '@dnd-kit/core'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconCopy, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { type CSSProperties, type PointerEvent, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { kindOf } from '../blocks/blockKind.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { withoutMarks } from '../mjml/mark.ts'
import { placeBeside } from '../mjml/places.ts'
import { nodeAt, type Path } from '../mjml/walk.ts'
import type { Picture } from '../preview/usePicture.ts'
import { DraggedContext } from './DraggedContext.ts'
import { dragId } from './Dragging.tsx'
import classes from './Stage.module.css'
import { type Spot, spotId, spotsOf } from './spots.ts'
import { type Box, usePictureFrame } from './usePictureFrame.ts'

type Props = { editing: TemplateEditing; picture: Picture; isStale: boolean; width: number; onOpen: () => void }

/**
 * The picture of the template: the server's own HTML in a frame in which nothing runs. What is clicked lies over it, on
 * our side: the frame itself gets no clicks and no keys. By keyboard the outline does all of this.
 */
export function Stage({ editing, picture, isStale, width, onOpen }: Props) {
  const text = useText()
  const { ref, width: room } = useElementSize()
  const scale = room > 0 ? Math.min(1, room / width) : 1
  const { frame, srcDoc, onLoad, measured, pathAtPoint } = usePictureFrame(picture.preview.html, picture.paths, width)
  const [hovered, setHovered] = useState<Path | undefined>()
  const scroller = useRef<HTMLDivElement>(null)
  const { tree, selected, select } = editing
  const places = useContext(DraggedContext)
  const spots = useMemo(() => spotsOf(tree, places, measured, width), [tree, places, measured, width])
  const box = isStale ? undefined : measured.boxes.get(selected)
  const height = Math.max(measured.height, 200)

  const pathOf = (event: PointerEvent<HTMLElement>): Path | undefined => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return pathAtPoint((event.clientX - left) / scale, (event.clientY - top) / scale)
  }
  // What is selected elsewhere is to be seen here.
  const top = box?.top
  useEffect(() => {
    const view = scroller.current
    if (top === undefined || !view) return
    const at = top * scale
    if (at < view.scrollTop || at > view.scrollTop + view.clientHeight - 60)
      view.scrollTo({ top: Math.max(0, at - 60) })
  }, [top, scale])

  return (
    <section
      ref={scroller}
      className={classes.scroller}
      aria-label={text('template.stage')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      data-stale={isStale || undefined}
    >
      <div ref={ref} className={classes.room}>
        <div className={classes.sheet} style={{ width: width * scale, height: height * scale }}>
          <iframe
            ref={frame}
            title={text('template.stage.frame')}
            // Without `allow-scripts` nothing in it runs; with our origin its blocks can be measured.
            sandbox="allow-same-origin"
            tabIndex={-1}
            srcDoc={srcDoc}
            onLoad={onLoad}
            className={classes.frame}
            style={{ width, height, transform: `scale(${scale})` }}
          />
          <div
            className={classes.overlay}
            aria-hidden="true"
            onPointerMove={(event) => setHovered(pathOf(event))}
            onPointerLeave={() => setHovered(undefined)}
            onPointerUp={(event) => {
              if (event.button !== 0) return
              select(pathOf(event) ?? '')
            }}
            onDoubleClick={onOpen}
          >
            {hovered !== undefined && hovered !== selected && measured.boxes.has(hovered) && (
              <span className={classes.hovered} style={styleOf(measured.boxes.get(hovered), scale)} />
            )}
            {spots.map((spot) => (
              <DropLine key={spotId('picture', spot.place)} spot={spot} scale={scale} />
            ))}
          </div>
          {box && nodeAt(tree, selected) && (
            <Selected editing={editing} style={styleOf(box, scale)} isAtTop={box.top * scale < 34} />
          )}
        </div>
      </div>
    </section>
  )
}

const styleOf = (box: Box | undefined, scale: number): CSSProperties =>
  box === undefined
    ? {}
    : { left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale }

/** The frame around what is selected, with what can be done to it. */
function Selected({ editing, style, isAtTop }: { editing: TemplateEditing; style: CSSProperties; isAtTop: boolean }) {
  const text = useText()
  const { tree, selected, run } = editing
  const node = nodeAt(tree, selected)
  const { setNodeRef, listeners } = useDraggable({ id: dragId('picture', selected) })
  if (!node) return null
  const move = (direction: 'up' | 'down') => {
    const place = placeBeside(tree, selected, direction)
    if (place) run({ kind: 'move', path: selected, place })
  }
  const name = text(kindOf(node).label)
  return (
    <div className={classes.selected} style={style}>
      {/* by keyboard all of this is in the outline */}
      <div className={classes.tools} data-below={isAtTop || undefined}>
        <span ref={setNodeRef} {...listeners} className={classes.grip} aria-hidden="true" title={text('template.drag')}>
          <IconGripVertical size={15} />
          {name}
        </span>
        <ToolButton label={text('template.act.up')} onClick={() => move('up')} icon={<IconArrowUp size={15} />} />
        <ToolButton label={text('template.act.down')} onClick={() => move('down')} icon={<IconArrowDown size={15} />} />
        <ToolButton
          label={text('template.act.duplicate')}
          onClick={() => run({ kind: 'duplicate', path: selected })}
          icon={<IconCopy size={15} />}
        />
        <ToolButton
          label={text('template.act.remove')}
          onClick={() => run({ kind: 'remove', path: selected })}
          icon={<IconTrash size={15} />}
        />
      </div>
    </div>
  )
}

function ToolButton({ label, icon, onClick }: { label: string; icon: React.ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} radius={0} aria-label={label} onClick={onClick} className={classes.tool ?? ''}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

/** A place where what is dragged can be let go. */
function DropLine({ spot, scale }: { spot: Spot; scale: number }) {
  const { setNodeRef, isOver } = useDroppable({ id: spotId('picture', spot.place) })
  return (
    <span
      ref={setNodeRef}
      className={classes.line}
      data-over={isOver || undefined}
      data-upright={spot.upright || undefined}
      style={styleOf(spot.box, scale)}
    />
  )
}

/** How large the mail is: what the picture adds to find its blocks again is not sent. */
export const sizeOf = ({ preview }: Picture): number =>
  preview.size - (preview.html.length - withoutMarks(preview.html).length)
