import { Node } from '@tiptap/core'
import { NodeSelection, Plugin } from '@tiptap/pm/state'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { isMergeTagName } from '../../../api/contract/mergeTags.ts'
import { MergeTagChip } from './MergeTagChip.tsx'

/** Asks the page for the little form: for a new merge tag at the caret, or for the one at `position`. */
export type MergeTagRequest = { position: number | null; name: string; fallback: string }

type Options = { onAsk: (request: MergeTagRequest) => void }

/**
 * A merge tag: one unbreakable piece in a line that stands for something of the recipient. `{` asks for a new one; Enter
 * or a click on one asks to change it.
 */
export const MergeTag = Node.create<Options>({
  name: 'mergeTag',
  group: 'inline',
  inline: true,
  atom: true,

  addOptions: () => ({ onAsk: () => {} }),

  addAttributes: () => ({
    name: { default: '', parseHTML: (element) => element.getAttribute('data-merge-tag') ?? '' },
    fallback: { default: '', parseHTML: (element) => element.getAttribute('data-fallback') ?? '' },
  }),

  parseHTML: () => [
    {
      tag: 'span[data-merge-tag]',
      getAttrs: (element) => (isMergeTagName(element.getAttribute('data-merge-tag') ?? '') ? null : false),
    },
  ],

  renderHTML: ({ node }) => [
    'span',
    { 'data-merge-tag': node.attrs.name, 'data-fallback': node.attrs.fallback },
    node.attrs.fallback || '…',
  ],

  renderText: ({ node }) => node.attrs.fallback || '…',

  addNodeView() {
    return ReactNodeViewRenderer(MergeTagChip)
  },

  addProseMirrorPlugins() {
    const { onAsk } = this.options
    return [
      new Plugin({
        props: {
          handleTextInput: (view, _from, _to, text) => {
            if (text !== '{' || !view.editable) return false
            onAsk({ position: null, name: '', fallback: '' })
            return true
          },
          handleKeyDown: (view, event) => {
            const { selection } = view.state
            if (event.key !== 'Enter' || !(selection instanceof NodeSelection)) return false
            if (selection.node.type.name !== 'mergeTag' || !view.editable) return false
            const { name, fallback } = selection.node.attrs
            onAsk({ position: selection.from, name, fallback })
            return true
          },
          handleClickOn: (view, _at, node, position, event) => {
            if (node.type.name !== 'mergeTag' || !view.editable || event.button !== 0) return false
            onAsk({ position, name: node.attrs.name, fallback: node.attrs.fallback })
            return false
          },
        },
      }),
    ]
  },
})
