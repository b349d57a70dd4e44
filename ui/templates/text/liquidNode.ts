import { Node } from '@tiptap/core'
import { NodeSelection, Plugin } from '@tiptap/pm/state'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { LiquidChip } from './LiquidChip.tsx'

/** Asks for the little form: for a new merge tag at the caret, or for the Liquid at `position`. */
export type LiquidRequest = { readonly position: number | null; readonly code: string }

/** Liquid in a text as one unbreakable piece. `{` asks for a merge tag; Enter or a click on a piece asks to change it. */
export const Liquid = Node.create<{ onAsk: (request: LiquidRequest) => void }>({
  name: 'liquid',
  group: 'inline',
  inline: true,
  atom: true,

  addOptions: () => ({ onAsk: () => {} }),
  addAttributes: () => ({
    code: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute('data-liquid') ?? '' },
  }),
  parseHTML: () => [{ tag: 'span[data-liquid]' }],
  renderHTML: ({ node }) => ['span', { 'data-liquid': node.attrs.code }, node.attrs.code],
  renderText: ({ node }) => node.attrs.code,
  addNodeView() {
    return ReactNodeViewRenderer(LiquidChip)
  },

  addProseMirrorPlugins() {
    const { onAsk } = this.options
    return [
      new Plugin({
        props: {
          handleTextInput: (view, _from, _to, text) => {
            if (text !== '{' || !view.editable) return false
            onAsk({ position: null, code: '' })
            return true
          },
          handleKeyDown: (view, event) => {
            const { selection } = view.state
            if (event.key !== 'Enter' || !(selection instanceof NodeSelection)) return false
            if (selection.node.type.name !== 'liquid') return false
            onAsk({ position: selection.from, code: selection.node.attrs.code })
            return true
          },
          handleClickOn: (_view, _at, node, position, event) => {
            if (node.type.name === 'liquid' && event.button === 0) onAsk({ position, code: node.attrs.code })
            return false
          },
        },
      }),
    ]
  },
})
