import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import { liquid } from '@codemirror/lang-liquid'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Annotation, type ChangeSet, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useComputedColorScheme } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { TemplateCatalogue } from '../../../api/contract/templateTools.ts'
import { codeTheme } from '../../shared/code/codeTheme.ts'
import { useText } from '../../shared/useText.tsx'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { applyEdits, editBetween, type TextEdit } from '../mjml/edits.ts'
import { parseMjml } from '../mjml/parse.ts'
import { nodeAt, pathAt } from '../mjml/walk.ts'
import { offsetOf } from '../preview/linePlace.ts'
import type { Remark } from '../preview/usePicture.ts'
import { completeMjml } from './completions.ts'
import { inEditor, inSource, lineBreakOf, toEditor } from './lineBreaks.ts'
import classes from './SourceEditor.module.css'

/** What the rest of the page can ask of the source. */
export type SourceHandle = { goTo: (line: number, column: number) => void; focus: () => void }

type Props = {
  editing: TemplateEditing
  catalogue: TemplateCatalogue | undefined
  remarks: readonly Remark[]
  ref?: Ref<SourceHandle>
}

/** Marks what comes from the template, as opposed to what is typed here. */
const fromOutside = Annotation.define<boolean>()
/** Strokes further apart than this are undone one by one, in milliseconds. */
const PAUSE = 900

/** The template's source. It is the same one that the visual editor works on, with the same undo. */
export default function SourceEditor({ editing, catalogue, remarks, ref }: Props) {
  const text = useText()
  const dark = useComputedColorScheme('light') === 'dark'
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ editing, catalogue, label: '' })
  latest.current = { editing, catalogue, label: text('template.did.source') }
  const typed = useRef({ at: 0, group: 0 })
  /** The source as it is here, and what was typed and is not back from the page yet. */
  const source = useRef(editing.draft.content.mjml)
  const pending = useRef<string[]>([])
  const label = text('template.source.label')

  // The editor is made once; what it needs of the page it reads from `latest`.
  useEffect(() => {
    if (host.current === null) return
    const { draft, selected, tree } = latest.current.editing
    source.current = draft.content.mjml
    pending.current = []
    const start = (position: number) => inEditor(source.current, position)
    const node = selected === '' ? undefined : nodeAt(tree, selected)
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: toEditor(draft.content.mjml),
        selection: { anchor: start(node?.start ?? 0) },
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          bracketMatching(),
          indentOnInput(),
          indentUnit.of('  '),
          highlightSelectionMatches(),
          lintGutter(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          liquid({ base: html({ matchClosingTags: false, autoCloseTags: false }) }),
          autocompletion({
            override: [
              (context) =>
                latest.current.catalogue === undefined ? null : completeMjml(latest.current.catalogue, context),
            ],
          }),
          keymap.of([
            { key: 'Mod-z', run: () => act(() => latest.current.editing.undo()), preventDefault: true },
            { key: 'Mod-y', run: () => act(() => latest.current.editing.redo()), preventDefault: true },
            { key: 'Mod-Shift-z', run: () => act(() => latest.current.editing.redo()), preventDefault: true },
            // Tab indents, so Escape has to give it back to those who go on by keyboard.
            { key: 'Escape', run: (current) => closeCompletion(current) || leave(current) },
            ...completionKeymap,
            ...searchKeymap,
            indentWithTab,
            ...defaultKeymap,
          ]),
          codeTheme(dark),
          EditorView.updateListener.of((update) => {
            const isTyped = update.transactions.some((one) => one.docChanged && !one.annotation(fromOutside))
            if (isTyped) emit(update.changes, update.state.selection.main.head)
            else if (update.selectionSet && !update.docChanged) {
              const { editing: current } = latest.current
              const path = pathAt(current.tree, inSource(source.current, update.state.selection.main.head))
              if (path !== current.selected) current.select(path)
            }
          }),
        ],
      }),
    })
    view.current = made
    if (node) made.dispatch({ effects: EditorView.scrollIntoView(start(node.start), { y: 'center' }) })
    return () => {
      view.current = null
      made.destroy()
    }

    function emit(changes: ChangeSet, caret: number): void {
      const now = performance.now()
      if (now - typed.current.at > PAUSE) typed.current.group++
      typed.current.at = now
      const { editing: current, label: step } = latest.current
      const edits = editsOf(changes, source.current)
      source.current = applyEdits(source.current, edits)
      pending.current.push(source.current)
      const path = pathAt(parseMjml(source.current), inSource(source.current, caret))
      current.change({ kind: 'mjml', edits }, step, `source ${typed.current.group}`, path)
    }
  }, [label, dark])

  const { mjml } = editing.draft.content
  useEffect(() => {
    const current = view.current
    if (!current) return
    const typedHere = pending.current.indexOf(mjml)
    if (typedHere >= 0) pending.current.splice(0, typedHere + 1)
    if (typedHere >= 0 || mjml === source.current) return
    pending.current = []
    source.current = mjml
    const edit = editBetween(current.state.sliceDoc(), toEditor(mjml))
    if (!edit) return
    current.dispatch({
      changes: { from: edit.start, to: edit.end, insert: edit.text },
      annotations: fromOutside.of(true),
      selection: { anchor: edit.start + edit.text.length },
      scrollIntoView: true,
    })
  }, [mjml])

  useEffect(() => {
    const current = view.current
    if (!current) return
    const { length } = current.state.doc
    const diagnostics = remarks.flatMap(({ field, line, column, message, stops }) => {
      if (field !== 'mjml' || line === undefined) return []
      const at = offsetOf(mjml, line, column ?? 1)
      const from = Math.min(length, inEditor(mjml, at))
      const word = /^<?\/?[\w:-]*/.exec(mjml.slice(at, at + 100))?.[0].length ?? 0
      const to = Math.min(length, from + Math.max(1, word))
      return [{ from: Math.min(from, to), to, message, severity: stops ? ('error' as const) : ('warning' as const) }]
    })
    current.dispatch(setDiagnostics(current.state, diagnostics))
  }, [remarks, mjml])

  useImperativeHandle(ref, () => ({
    goTo: (line, column) => {
      const current = view.current
      if (!current) return
      const anchor = Math.min(current.state.doc.length, offsetOf(current.state.sliceDoc(), line, column))
      current.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      current.focus()
    },
    focus: () => view.current?.focus(),
  }))

  return <div ref={host} className={classes.host} />
}

/** What was typed, as edits of the source with the line breaks that it has. */
function editsOf(changes: ChangeSet, source: string): TextEdit[] {
  const edits: TextEdit[] = []
  const lineBreak = lineBreakOf(source)
  changes.iterChanges((from, to, _fromNow, _toNow, inserted) => {
    const text = inserted.toString().replaceAll('\n', lineBreak)
    edits.push({ start: inSource(source, from), end: inSource(source, to), text })
  })
  return edits
}

const act = (what: () => void): boolean => {
  what()
  return true
}

/** Gives the keys back to the page: the next Tab leaves the source. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur()
  return true
}
