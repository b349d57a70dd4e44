import { EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useRef, useState } from 'react'
import type { DocumentNode } from '../../composer/document/document.ts'
import messageClasses from '../../composer/editor/MessageEditor.module.css'
import { Toolbar } from '../../composer/editor/Toolbar.tsx'
import { checkLink } from '../../composer/links/checkLink.ts'
import { LinkDialogue } from '../../composer/links/LinkDialogue.tsx'
import { useText } from '../../shared/useText.tsx'
import { LiquidPopover } from './LiquidPopover.tsx'
import type { LiquidRequest } from './liquidNode.ts'
import { type Origin, originOf, writtenHtml } from './origin.ts'
import classes from './TextEditor.module.css'
import { textExtensions } from './textExtensions.ts'

type Props = {
  /** The content of the block as it is in the source, and as the editor can show it. */
  html: string
  document: DocumentNode
  label: string
  onChange: (html: string) => void
}

/** An address of a link may be a merge tag. */
const checkAddress: typeof checkLink = (address, options) =>
  /^\{\{[^{}]*\}\}/.test(address.trim())
    ? { ok: true, href: address.trim(), completed: false, warning: null }
    : checkLink(address, options)

/** The words of a block as they are read, with merge tags as chips. */
export function TextEditor({ html, document, label, onChange }: Props) {
  const text = useText()
  const toolbar = useRef<HTMLDivElement>(null)
  const [linking, setLinking] = useState(false)
  const [request, setRequest] = useState<LiquidRequest | null>(null)
  const emitted = useRef(html)
  const origin = useRef<Origin | null>(null)
  const change = useRef(onChange)
  change.current = onChange
  // The editor is made once: what it starts with must not change from one rendering to the next.
  const [options] = useState(() => ({
    content: document,
    extensions: textExtensions({
      placeholder: text('template.text.placeholder'),
      onAsk: setRequest,
      onLink: () => setLinking(true),
      onToolbar: () => toolbar.current?.querySelector<HTMLElement>('[data-tool][tabindex="0"]')?.focus(),
    }),
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, spellcheck: 'true' },
    },
  }))
  const editor = useEditor({
    ...options,
    onCreate: ({ editor: current }) => {
      origin.current = originOf(emitted.current, current.getJSON() as DocumentNode)
    },
    onUpdate: ({ editor: current }) => {
      emitted.current = writtenHtml(current.getJSON() as DocumentNode, origin.current)
      change.current(emitted.current)
    },
  })

  useEffect(() => {
    if (emitted.current === html) return
    emitted.current = html
    editor.commands.setContent(document, { emitUpdate: false })
    origin.current = originOf(html, editor.getJSON() as DocumentNode)
  }, [editor, html, document])

  return (
    <div className={classes.frame}>
      <Toolbar
        editor={editor}
        readOnly={false}
        history={false}
        ref={toolbar}
        onLink={() => setLinking(true)}
        onMergeTag={() => setRequest({ position: null, code: '' })}
      />
      <EditorContent editor={editor} className={`${messageClasses.text} ${classes.text}`} />
      {linking && <LinkDialogue editor={editor} check={checkAddress} onClose={() => setLinking(false)} />}
      <LiquidPopover editor={editor} request={request} onClose={() => setRequest(null)} />
    </div>
  )
}
