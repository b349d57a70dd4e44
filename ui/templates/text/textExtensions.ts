import { Extension, type Extensions, Mark } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import { PasteCleaning } from '../../composer/editor/pasteCleaning.ts'
import { Shortcuts } from '../../composer/editor/shortcuts.ts'
import { Liquid, type LiquidRequest } from './liquidNode.ts'

type Options = {
  placeholder: string
  onAsk: (request: LiquidRequest) => void
  onLink: () => void
  onToolbar: () => void
}

/** What may be seen of the attributes that somebody wrote in the source; all of them are kept. */
const SHOWN = ['style', 'dir', 'align', 'lang']

/** Elements keep the attributes that they had in the source; what is pasted has none. */
const KeptAttributes = Extension.create({
  name: 'keptAttributes',
  addGlobalAttributes: () => [
    {
      types: [
        'paragraph',
        'heading',
        'bulletList',
        'orderedList',
        'listItem',
        'blockquote',
        'horizontalRule',
        'link',
        'span',
      ],
      attributes: {
        html: {
          default: {},
          parseHTML: () => ({}),
          renderHTML: ({ html }) =>
            Object.fromEntries(
              Object.entries((html ?? {}) as Record<string, string>).filter(([name]) => SHOWN.includes(name)),
            ),
        },
      },
    },
    { types: ['paragraph'], attributes: { tag: { default: 'p', parseHTML: () => 'p', rendered: false } } },
  ],
})

/** A stretch with a style of its own, as somebody wrote it in the source. */
const Span = Mark.create({
  name: 'span',
  parseHTML: () => [],
  renderHTML: ({ HTMLAttributes }) => ['span', HTMLAttributes, 0],
})

/** What a text block may be made of. Undo belongs to the template as a whole. */
export function textExtensions({ placeholder, onAsk, onLink, onToolbar }: Options): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3, 4, 5, 6] },
      code: false,
      codeBlock: false,
      undoRedo: false,
      trailingNode: false,
      link: {
        openOnClick: false,
        autolink: false,
        linkOnPaste: true,
        defaultProtocol: 'https',
        HTMLAttributes: { target: null, rel: null },
        isAllowedUri: () => true,
      },
    }),
    KeptAttributes,
    Span,
    Placeholder.configure({ placeholder }),
    PasteCleaning.configure({ onCleaned: () => {} }),
    Liquid.configure({ onAsk }),
    Shortcuts.configure({ onLink, onToolbar }),
  ]
}
