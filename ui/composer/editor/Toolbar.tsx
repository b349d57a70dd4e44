import { IconBraces, IconLink } from '@tabler/icons-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { type KeyboardEvent, type Ref, useMemo, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { focusNow } from './focusNow.ts'
import { StyleMenu } from './StyleMenu.tsx'
import { Tool, ToolbarStop } from './Tool.tsx'
import classes from './Toolbar.module.css'
import { BLOCKS, HISTORY, MARKS, type ToolSpec } from './tools.ts'

type Props = {
  editor: Editor
  readOnly: boolean
  /** False where undoing belongs to something larger than this text. */
  history?: boolean
  ref: Ref<HTMLDivElement>
  onLink: () => void
  onMergeTag: () => void
}

type Level = 0 | 1 | 2 | 3
const levelOf = (editor: Editor): Level =>
  ([1, 2, 3] as const).find((level) => editor.isActive('heading', { level })) ?? 0

/** Everything that can be done to the text: one stop of the Tab key, then arrows; Escape goes back to the text. */
export function Toolbar({ editor, readOnly, history = true, ref, onLink, onMergeTag }: Props) {
  const text = useText()
  const [stop, setStop] = useState('style')
  const context = useMemo(() => ({ stop, setStop }), [stop])
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      on: [...MARKS, ...BLOCKS].filter(({ isOn }) => isOn?.(current)).map(({ id }) => id),
      off: (history ? HISTORY : []).filter(({ canRun }) => canRun?.(current) === false).map(({ id }) => id),
      link: current.isActive('link'),
      level: levelOf(current),
    }),
  })

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const tools = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tool]')]
    const from = tools.findIndex((tool) => tool.contains(document.activeElement))
    if (from < 0) return
    const last = tools.length - 1
    const to = { ArrowRight: from === last ? 0 : from + 1, ArrowLeft: from === 0 ? last : from - 1, Home: 0, End: last }
    if (event.key === 'Escape') focusNow(editor)
    else if (!(event.key in to)) return
    event.preventDefault()
    tools[to[event.key as keyof typeof to]]?.focus()
  }

  const tool = (spec: ToolSpec) => (
    <Tool
      key={spec.id}
      id={spec.id}
      label={text(spec.label)}
      icon={spec.icon}
      keys={spec.keys}
      on={spec.isOn && state.on.includes(spec.id)}
      disabled={state.off.includes(spec.id)}
      onClick={() => spec.run(editor)}
    />
  )
  return (
    <ToolbarStop value={context}>
      <div
        ref={ref}
        className={classes.toolbar}
        inert={readOnly}
        role="toolbar"
        aria-label={text('composer.toolbar')}
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
      >
        <StyleMenu editor={editor} level={state.level} />
        <span className={classes.group}>{MARKS.map(tool)}</span>
        <span className={classes.group}>
          <Tool
            id="link"
            label={text('composer.tool.link')}
            icon={IconLink}
            keys="Mod+K"
            on={state.link}
            popup="dialog"
            onClick={onLink}
          />
          <Tool
            id="mergeTag"
            label={text('composer.tool.mergeTag')}
            icon={IconBraces}
            keys="{"
            popup="dialog"
            onClick={onMergeTag}
          />
        </span>
        <span className={classes.group}>{BLOCKS.map(tool)}</span>
        {history && <span className={classes.group}>{HISTORY.map(tool)}</span>}
      </div>
    </ToolbarStop>
  )
}
