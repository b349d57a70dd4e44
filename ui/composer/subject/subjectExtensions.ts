import { Extension, type Extensions, Node } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { MergeTag, type MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import { cleanText } from '../paste/cleanText.ts'
import { oneLineHtml } from './oneLineHtml.ts'

const OneLine = Node.create({ name: 'doc', topNode: true, content: 'paragraph' })

type Options = { placeholder: string; onAskMergeTag: (request: MergeTagRequest) => void; onEnter: () => void }

const LineKeys = Extension.create<Pick<Options, 'onEnter'>>({
  name: 'lineKeys',
  addOptions: () => ({ onEnter: () => {} }),
  addKeyboardShortcuts() {
    const leave = () => {
      this.options.onEnter()
      return true
    }
    return { Enter: leave, 'Shift-Enter': leave, 'Mod-Enter': leave }
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        transformPastedHTML: oneLineHtml,
        clipboardTextParser: (text, _context, _plain, view) => {
          const line = cleanText(text).text.replace(/\s+/g, ' ').trim()
          return line === '' ? Slice.empty : new Slice(Fragment.from(view.state.schema.text(line)), 0, 0)
        },
      },
    }),
  ],
})

/** A subject is one paragraph of text and merge tags; Enter goes on to the message. */
export function subjectExtensions({ placeholder, onAskMergeTag, onEnter }: Options): Extensions {
  return [
    OneLine,
    StarterKit.configure({
      document: false,
      heading: false,
      bold: false,
      italic: false,
      underline: false,
      strike: false,
      code: false,
      codeBlock: false,
      link: false,
      bulletList: false,
      orderedList: false,
      listItem: false,
      listKeymap: false,
      blockquote: false,
      hardBreak: false,
      horizontalRule: false,
      trailingNode: false,
    }),
    Placeholder.configure({ placeholder }),
    LineKeys.configure({ onEnter }),
    // After the keys of the line: of two extensions the later one is asked first, and Enter on a merge tag opens it.
    MergeTag.configure({ onAsk: onAskMergeTag }),
  ]
}
