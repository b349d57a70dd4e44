import { useDraggable, useDroppable } from '@dnd-kit/core'
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react'
import { type KeyboardEvent, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { excerptOf, kindOf } from '../blocks/blockKind.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { placeBeside } from '../mjml/places.ts'
import { findElement, type Path, placeOf } from '../mjml/walk.ts'
import type { Remark } from '../preview/usePicture.ts'
import { DraggedContext } from './DraggedContext.ts'
import { dragId } from './Dragging.tsx'
import classes from './Outline.module.css'
import { type OutlineRow, outlineRows, rowsToSee, spotsAround, wrongBlocks } from './outlineRows.ts'
import { spotId } from './spots.ts'

type Props = {
  editing: TemplateEditing
  remarks: readonly Remark[]
  /** Enter on a block: its form is to be filled in. */
  onOpen: () => void
  /** `/`: the palette is wanted. */
  onPalette: () => void
}

/**
 * The blocks as a tree: everything that can be done to them with the pointer in the picture can be done here by keys, and
 * with a screen reader.
 */
export function Outline({ editing, remarks, onOpen, onPalette }: Props) {
  const text = useText()
  const { tree, selected, select, run } = editing
  const list = useRef<HTMLDivElement>(null)
  const [folded, setFolded] = useState<ReadonlySet<Path>>(() => new Set(headOf(tree)))
  const places = useContext(DraggedContext)
  const rows = useMemo(() => outlineRows(tree), [tree])
  const shown = rowsToSee(rows, folded)
  const wrong = useMemo(() => wrongBlocks(tree, remarks), [tree, remarks])
  const current = shown.find(({ path }) => path === selected)?.path ?? shown[0]?.path

  const focusRow = (path: Path | undefined) => {
    if (path === undefined) return
    select(path)
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus({ preventScroll: false }),
    )
  }
  // What is selected in the picture or the source is to be seen here.
  useEffect(() => {
    setFolded((before) => {
      const open = [...before].filter((path) => !selected.startsWith(`${path}.`))
      return open.length === before.size ? before : new Set(open)
    })
    list.current?.querySelector(`[data-path="${CSS.escape(selected)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  // After an edit by keys the focus goes where the selection went.
  const wantsFocus = useRef(false)
  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(selected)}"]`)?.focus()
  })
  const edit = (command: Parameters<typeof run>[0]) => {
    wantsFocus.current = run(command)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const at = shown.findIndex(({ path }) => path === current)
    const row = shown[at]
    // While a block is being carried, the keys are those of carrying it.
    if (!row || event.defaultPrevented || places.length > 0) return
    const act = actOf(event, row, folded)
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    switch (act) {
      case 'next':
        return focusRow(shown[at + 1]?.path)
      case 'previous':
        return focusRow(shown[at - 1]?.path)
      case 'first':
        return focusRow(shown[0]?.path)
      case 'last':
        return focusRow(shown.at(-1)?.path)
      case 'parent':
        return focusRow(placeOf(row.path)?.parent || undefined)
      case 'fold':
      case 'unfold': {
        const next = new Set(folded)
        if (act === 'fold') next.add(row.path)
        else next.delete(row.path)
        return setFolded(next)
      }
      case 'open':
        select(row.path)
        return onOpen()
      case 'palette':
        select(row.path)
        return onPalette()
      case 'duplicate':
        return edit({ kind: 'duplicate', path: row.path })
      case 'remove':
        return edit({ kind: 'remove', path: row.path })
      case 'up':
      case 'down': {
        const place = placeBeside(tree, row.path, act)
        if (place) edit({ kind: 'move', path: row.path, place })
      }
    }
  }

  const spots = spotsAround(shown, places)
  return (
    <div
      ref={list}
      role="tree"
      aria-label={text('template.outline')}
      aria-describedby="template-outline-keys"
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      {shown.map((row, index) => (
        <Row
          key={row.path}
          row={row}
          editing={editing}
          isFolded={folded.has(row.path)}
          isCurrent={row.path === current}
          isWrong={wrong.has(row.path)}
          before={spots.get(index) ?? []}
          onFold={() => {
            const next = new Set(folded)
            if (!next.delete(row.path)) next.add(row.path)
            setFolded(next)
          }}
          onPick={() => focusRow(row.path)}
        />
      ))}
      <Spots spots={spots.get(shown.length) ?? []} />
      <span id="template-outline-keys" hidden>
        {text('template.outline.keys')}
      </span>
    </div>
  )
}

const headOf = (tree: TemplateEditing['tree']): Path[] => {
  const head = findElement(tree, 'mj-head')
  return head === undefined ? [] : [head]
}

const KEYS: Readonly<Record<string, string>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  '/': 'palette',
  Delete: 'remove',
  Backspace: 'remove',
}

type Act =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'parent'
  | 'fold'
  | 'unfold'
  | 'open'
  | 'palette'
  | 'duplicate'
  | 'remove'
  | 'up'
  | 'down'

function actOf(event: KeyboardEvent, row: OutlineRow, folded: ReadonlySet<Path>): Act | undefined {
  const { key, altKey, ctrlKey, metaKey } = event
  if (altKey) return key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : undefined
  if (ctrlKey || metaKey) return key.toLowerCase() === 'd' ? 'duplicate' : undefined
  if (key === 'ArrowRight') return row.holds && folded.has(row.path) ? 'unfold' : row.holds ? 'next' : undefined
  if (key === 'ArrowLeft') return row.holds && !folded.has(row.path) ? 'fold' : 'parent'
  return KEYS[key] as Act | undefined
}

type RowProps = {
  row: OutlineRow
  editing: TemplateEditing
  isFolded: boolean
  isCurrent: boolean
  isWrong: boolean
  before: ReturnType<typeof spotsAround> extends Map<number, infer Spots> ? Spots : never
  onFold: () => void
  onPick: () => void
}

function Row({ row, editing, isFolded, isCurrent, isWrong, before, onFold, onPick }: RowProps) {
  const text = useText()
  const { tree, selected } = editing
  const { setNodeRef, listeners, attributes } = useDraggable({
    id: dragId('outline', row.path),
    disabled: row.depth === 0,
  })
  const { label, icon: Sign } = kindOf(row.node)
  const excerpt = excerptOf(tree, row.node)
  return (
    <>
      <Spots spots={before} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of all rows are those of the tree */}
      <div
        ref={setNodeRef}
        role="treeitem"
        aria-level={row.depth + 1}
        aria-setsize={row.siblings}
        aria-posinset={row.position}
        aria-selected={row.path === selected}
        aria-expanded={row.holds ? !isFolded : undefined}
        aria-describedby={attributes['aria-describedby']}
        tabIndex={isCurrent ? 0 : -1}
        data-path={row.path}
        data-selected={row.path === selected || undefined}
        className={classes.row}
        style={{ paddingInlineStart: 6 + row.depth * 13 }}
        {...listeners}
        onClick={onPick}
      >
        {row.holds ? (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the arrow keys of the row do this
          <span
            className={classes.fold}
            data-folded={isFolded || undefined}
            onClick={(event) => {
              event.stopPropagation()
              onFold()
            }}
          >
            <IconChevronDown size={13} aria-hidden="true" />
          </span>
        ) : (
          <span className={classes.fold} />
        )}
        <Sign size={15} stroke={1.6} aria-hidden="true" className={classes.sign} />
        <span className={classes.name}>{text(label)}</span>
        {excerpt !== '' && <span className={classes.excerpt}>{excerpt}</span>}
        {isWrong && (
          <IconAlertTriangle
            size={14}
            className={classes.wrong}
            aria-label={text('template.outline.wrong')}
            role="img"
          />
        )}
      </div>
    </>
  )
}

function Spots({ spots }: { spots: RowProps['before'] }) {
  return spots.map(({ place, depth }) => <SpotLine key={spotId('outline', place)} place={place} depth={depth} />)
}

function SpotLine({ place, depth }: RowProps['before'][number]) {
  const { setNodeRef, isOver } = useDroppable({ id: spotId('outline', place) })
  return (
    <div className={classes.spot}>
      <span
        ref={setNodeRef}
        className={classes.line}
        data-over={isOver || undefined}
        style={{ marginInlineStart: 6 + depth * 13 }}
      />
    </div>
  )
}
