import { Extension, type Extensions, Node } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { Fragment, type Node as Piece, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { isMergeTagName, writeMergeTag } from '../../../api/contract/mergeTags.ts'
import { MergeTag, type MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import { cleanText } from '../paste/cleanText.ts'
import { textToDocument } from './textDocument.ts'

type Options = {
  placeholder: string
  /** One line only; Enter goes on to the next field. */
  onEnter: (() => void) | undefined
  onAskMergeTag: (request: MergeTagRequest) => void
}

/** Lines of text and merge tags, nothing else: what is pasted comes as its plain text. */
export function tagFieldExtensions({ placeholder, onEnter, onAskMergeTag }: Options): Extensions {
  const oneLine = onEnter !== undefined
  return [
    Node.create({ name: 'doc', topNode: true, content: oneLine ? 'paragraph' : 'paragraph+' }),
    StarterKit.configure({
      ...{ document: false, heading: false, bold: false, italic: false, underline: false, strike: false, code: false },
      ...{ codeBlock: false, link: false, bulletList: false, orderedList: false, listItem: false, listKeymap: false },
      ...{ blockquote: false, hardBreak: false, horizontalRule: false, trailingNode: false },
    }),
    Placeholder.configure({ placeholder }),
    Extension.create({
      name: 'plainLines',
      addKeyboardShortcuts() {
        const enter = () => {
          if (onEnter === undefined) return this.editor.commands.splitBlock()
          onEnter()
          return true
        }
        return { Enter: enter, 'Shift-Enter': enter }
      },
      addProseMirrorPlugins: () => [
        new Plugin({
          props: {
            handlePaste: (view, event) => {
              const text = event.clipboardData?.getData('text/plain') ?? ''
              if (text === '') return true
              const lines = cleanText(text.replace(/\r\n?/g, '\n')).text
              const document = textToDocument(oneLine ? lines.replace(/\s+/g, ' ').trim() : lines)
              const pieces = Fragment.fromJSON(view.state.schema, document.content ?? [])
              view.dispatch(view.state.tr.replaceSelection(new Slice(pieces, 1, 1)).scrollIntoView())
              return true
            },
            clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n', written),
          },
        }),
      ],
    }),
    // After the keys of the field: of two extensions the later one is asked first, and Enter on a merge tag opens it.
    MergeTag.configure({ onAsk: onAskMergeTag }),
  ]
}

/** A merge tag as it is written, so that it is one again where it is pasted. */
function written({ attrs, type }: Piece): string {
  const name = String(attrs.name)
  return type.name === 'mergeTag' && isMergeTagName(name) ? writeMergeTag(name, String(attrs.fallback ?? '')) : ''
}
