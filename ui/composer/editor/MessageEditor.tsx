import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { DocumentNode, MessageDocument } from '../document/document.ts'
import { keepAllowed } from '../document/keepAllowed.ts'
import { LinkDialogue } from '../links/LinkDialogue.tsx'
import { MergeTagPopover } from '../mergeTags/MergeTagPopover.tsx'
import type { MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import type { PasteReport } from '../paste/report.ts'
import { saysSomething } from '../paste/report.ts'
import { findNode } from './findNode.ts'
import { focusNow } from './focusNow.ts'
import classes from './MessageEditor.module.css'
import { messageExtensions } from './messageExtensions.ts'
import { PasteLine } from './PasteLine.tsx'
import { markProblems } from './problemMarks.ts'
import { Toolbar } from './Toolbar.tsx'

/** What the rest of the page can ask of the editor. */
export type MessageHandle = {
  focus: () => void
  /** Shows the node at the path of child indexes and puts the caret into it. */
  goTo: (path: readonly number[]) => void
}

type Props = {
  /** What the editor starts with, and takes over again whenever `revision` changes. */
  document: MessageDocument
  revision: number
  /** Nodes with something wrong in them. */
  problems: readonly (readonly number[])[]
  readOnly: boolean
  onChange: (document: MessageDocument) => void
  ref?: Ref<MessageHandle>
}

/** The text of a mail, with its toolbar. */
export function MessageEditor({ document, revision, problems, readOnly, onChange, ref }: Props) {
  const text = useText()
  const toolbar = useRef<HTMLDivElement>(null)
  const [linking, setLinking] = useState(false)
  const [request, setRequest] = useState<MergeTagRequest | null>(null)
  const [report, setReport] = useState<PasteReport | null>(null)
  // The editor is made once: what it starts with must not change from one rendering to the next.
  const [options] = useState(() => ({
    content: document,
    extensions: messageExtensions({
      placeholder: text('composer.body.placeholder'),
      onAskMergeTag: setRequest,
      onCleaned: (cleaned) => setReport(saysSomething(cleaned) ? cleaned : null),
      onLink: () => setLinking(true),
      onToolbar: () => toolbar.current?.querySelector<HTMLElement>('[data-tool][tabindex="0"]')?.focus(),
    }),
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': text('composer.body.label'),
        'aria-describedby': 'composer-body-help',
        spellcheck: 'true',
      },
    },
  }))
  const editor = useEditor({
    ...options,
    onUpdate: ({ editor: current }) => onChange(keepAllowed(current.getJSON() as DocumentNode)),
  })

  const shown = useRef(revision)
  useEffect(() => {
    if (shown.current === revision) return
    shown.current = revision
    editor.commands.setContent(document, { emitUpdate: false })
  }, [editor, document, revision])
  useEffect(() => {
    editor.setEditable(!readOnly, false)
  }, [editor, readOnly])
  useEffect(() => {
    markProblems(editor.view, problems)
  }, [editor, problems])
  useImperativeHandle(
    ref,
    () => ({
      focus: () => {
        editor.commands.setTextSelection(editor.state.doc.content.size)
        focusNow(editor)
      },
      goTo: (path) => goTo(editor, path),
    }),
    [editor],
  )

  return (
    <div className={classes.frame}>
      <Toolbar
        editor={editor}
        readOnly={readOnly}
        ref={toolbar}
        onLink={() => setLinking(true)}
        onMergeTag={() => setRequest({ position: null, name: '', fallback: '' })}
      />
      <EditorContent editor={editor} className={classes.text} />
      <span id="composer-body-help" hidden>
        {text('composer.body.help')}
      </span>
      <PasteLine report={report} onClose={() => setReport(null)} />
      {linking && <LinkDialogue editor={editor} onClose={() => setLinking(false)} />}
      <MergeTagPopover editor={editor} request={request} onClose={() => setRequest(null)} />
    </div>
  )
}

function goTo(editor: Editor, path: readonly number[]): void {
  const { from, to } = findNode(editor.state.doc, path)
  focusNow(editor)
  editor.chain().setTextSelection({ from, to }).scrollIntoView().run()
}
