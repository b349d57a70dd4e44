import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { findNode } from './findNode.ts'
import classes from './MessageEditor.module.css'

const key = new PluginKey<DecorationSet>('problemMarks')

/** Underlines the nodes in which something is wrong, until their text is changed. */
export const ProblemMarks = Extension.create({
  name: 'problemMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (transaction, marks) => {
          const paths: readonly number[][] | undefined = transaction.getMeta(key)
          if (paths === undefined) return marks.map(transaction.mapping, transaction.doc)
          const decorations = paths.map((path) => {
            const { from, to } = findNode(transaction.doc, path)
            return Decoration.inline(from, to, { class: classes.problem ?? '' })
          })
          return DecorationSet.create(transaction.doc, decorations)
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

/** Marks the nodes at `paths` (child indexes from the top) and no others. */
export function markProblems(view: EditorView, paths: readonly (readonly number[])[]): void {
  view.dispatch(view.state.tr.setMeta(key, paths).setMeta('addToHistory', false))
}
