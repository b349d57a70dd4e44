import { closeBrackets } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useComputedColorScheme } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { codeTheme } from '../../shared/code/codeTheme.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import { offsetAt } from './places.ts'
import classes from './TreeText.module.css'
import type { TreeText as Content } from './useTreeText.ts'

/** What the rest of the page can ask of the text. */
export type TreeTextHandle = { readonly goTo: (path: string) => void }

/** What a text says of the tree that it stands for. */
export type TextWords = {
  readonly label: string
  readonly help: string
  readonly wrong: (mistake: { line: number; column: number; message: string }) => string
}

/** How cards of the canvas and places in the text go together. The same object for the life of a text. */
export type TextCards<Read> = {
  /** Where a card is in the tree; undefined for what is not in it. */
  readonly pathOf: (card: string, read: Read) => string | undefined
  /** The card of the part in which an offset stands. */
  readonly cardAt: (read: Read, text: string, offset: number) => string | null
}

type Place = { readonly line: number; readonly column: number }

type Props<Read> = {
  words: TextWords
  cards: TextCards<Read>
  content: Content<Read>
  /** Selected is the part that the caret stands in, and the other way round when the text comes into view. */
  focus: CanvasFocus
  /** What else is wrong, by part. */
  problems: ReadonlyMap<string, readonly string[]>
  ref?: Ref<TreeTextHandle> | undefined
}

/** Marks what comes from the tree, as opposed to what is typed here. */
const fromOutside = Annotation.define<boolean>()
/** Strokes further apart than this are undone one by one, in milliseconds. */
const PAUSE = 900

/** A tree as YAML. What is typed is the tree as soon as it can be read. */
export function TreeText<Read extends { placeOf(path: string): Place }>(props: Props<Read>) {
  const { words, cards, content, focus, problems, ref } = props
  const dark = useComputedColorScheme('light') === 'dark'
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(content)
  latest.current = content
  const typed = useRef({ at: 0, burst: 0 })
  const { label } = words
  const { mistakes } = content

  // The editor is made once; what it needs of the page it reads from `latest`.
  useEffect(() => {
    if (host.current === null) return
    const { selected } = focus.store.get()
    const { text: doc, read } = latest.current
    const path = selected === null || read === null ? undefined : cards.pathOf(selected, read)
    const anchor = path === undefined || read === null ? 0 : offsetAt(doc, read.placeOf(path))
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc,
        selection: { anchor },
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          drawSelection(),
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          indentUnit.of('  '),
          highlightSelectionMatches(),
          lintGutter(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          yaml(),
          keymap.of([
            // Tab indents, so Escape has to give it back to those who go on by keyboard.
            { key: 'Escape', run: leave },
            ...historyKeymap,
            ...searchKeymap,
            indentWithTab,
            ...defaultKeymap,
          ]),
          codeTheme(dark),
          EditorView.updateListener.of((update) => {
            const isTyped = update.transactions.some((one) => one.docChanged && !one.annotation(fromOutside))
            if (isTyped) {
              const now = performance.now()
              if (now - typed.current.at > PAUSE) typed.current.burst++
              typed.current.at = now
              latest.current.type(update.state.sliceDoc(), typed.current.burst)
            } else if (update.selectionSet) select(update.state)
          }),
        ],
      }),
    })
    view.current = made
    if (anchor > 0) made.dispatch({ effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    return () => {
      view.current = null
      made.destroy()
    }

    function select(state: EditorState): void {
      const { read: current } = latest.current
      if (current === null) return
      const card = cards.cardAt(current, state.sliceDoc(), state.selection.main.head)
      if (card === null) return
      focus.store.set({ ...focus.store.get(), current: card, selected: card, picked: new Set() })
    }
  }, [label, dark, focus, cards])

  useEffect(() => {
    const current = view.current
    if (!current || current.state.sliceDoc() === content.text) return
    const { head } = current.state.selection.main
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: content.text },
      selection: { anchor: Math.min(head, content.text.length) },
      annotations: fromOutside.of(true),
    })
  }, [content.text])

  useEffect(() => {
    const current = view.current
    // made anew when the colours change
    if (!current || current.state.facet(EditorView.darkTheme) !== dark) return
    const doc = current.state.sliceDoc()
    const { read } = content
    const said =
      read === null ? [] : [...problems].map(([path, all]) => ({ ...read.placeOf(path), message: all.join(' ') }))
    const found = [...mistakes, ...said].map((place) => {
      const from = offsetAt(doc, place)
      const word = /^[^\s,}\]]*/.exec(doc.slice(from, from + 100))?.[0].length ?? 0
      return {
        from,
        to: Math.min(doc.length, from + Math.max(1, word)),
        severity: 'error' as const,
        message: place.message,
      }
    })
    current.dispatch(
      setDiagnostics(
        current.state,
        found.sort((a, b) => a.from - b.from),
      ),
    )
  }, [content, mistakes, problems, dark])

  useImperativeHandle(ref, () => ({
    goTo: (path) => {
      const current = view.current
      const { read } = latest.current
      if (!current || read === null) return
      const anchor = offsetAt(current.state.sliceDoc(), read.placeOf(path))
      current.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      current.focus()
    },
  }))

  const [first] = mistakes
  return (
    <section className={classes.room} aria-label={label}>
      <p className={classes.note} data-wrong={first !== undefined || undefined} role={first ? 'alert' : undefined}>
        {first ? words.wrong(first) : words.help}
      </p>
      <div ref={host} className={classes.host} />
    </section>
  )
}

/** Gives the keys back to the page: the next Tab leaves the text. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur()
  return true
}
