import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { DocumentNode } from '../document/document.ts'
import { focusNow } from '../editor/focusNow.ts'
import { MergeTagPopover } from '../mergeTags/MergeTagPopover.tsx'
import type { MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import classes from './TagField.module.css'
import { tagFieldExtensions } from './tagFieldExtensions.ts'
import { documentToText, textToDocument } from './textDocument.ts'

/** What the rest of the page can ask of the field. */
export type TagFieldHandle = { focus: () => void }

type Props = {
  label: string
  placeholder: string
  /** What the field starts with, and takes over again whenever `revision` changes. */
  value: string
  revision: number
  error?: string | null
  readOnly: boolean
  /** What is said under it. */
  hint?: ReactNode
  onChange: (value: string) => void
  /** One line only, after which Enter goes on; taken from the first rendering. */
  onEnter?: () => void
  ref?: Ref<TagFieldHandle>
}

/** Plain text with merge tags as chips: a title of one line, or the few lines of an SMS. */
export function TagField(props: Props) {
  const { label, placeholder, value, revision, error = null, readOnly, hint, onChange, onEnter, ref } = props
  const text = useText()
  const id = useId()
  const [request, setRequest] = useState<MergeTagRequest | null>(null)
  const lines = onEnter === undefined

  // The editor is made once: what it starts with must not change from one rendering to the next.
  const [options] = useState(() => ({
    content: textToDocument(value),
    extensions: tagFieldExtensions({ placeholder, onEnter, onAskMergeTag: setRequest }),
  }))
  const editor = useEditor({
    ...options,
    onUpdate: ({ editor: current }) => onChange(documentToText(current.getJSON() as DocumentNode)),
  })

  useEffect(() => {
    editor.setOptions({
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': String(lines),
          'aria-labelledby': `${id}-label`,
          'aria-describedby': error === null ? `${id}-hint` : `${id}-error ${id}-hint`,
          'aria-invalid': String(error !== null),
          'aria-required': 'true',
          spellcheck: 'true',
        },
      },
    })
  }, [editor, error, id, lines])
  const shown = useRef(revision)
  useEffect(() => {
    if (shown.current === revision) return
    shown.current = revision
    editor.commands.setContent(textToDocument(value), { emitUpdate: false })
  }, [editor, value, revision])
  useEffect(() => {
    editor.setEditable(!readOnly, false)
  }, [editor, readOnly])
  useImperativeHandle(ref, () => ({ focus: () => focusNow(editor) }), [editor])

  return (
    <div className={classes.field} data-lines={lines || undefined} data-invalid={error !== null || undefined}>
      <span id={`${id}-label`} className={classes.label}>
        {label}
      </span>
      <EditorContent editor={editor} className={classes.text} />
      <Tooltip label={text('composer.tool.mergeTag')}>
        <ActionIcon
          size={34}
          className={classes.tag}
          aria-label={text('short.mergeTag', { field: label })}
          aria-haspopup="dialog"
          disabled={readOnly}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setRequest({ position: null, name: '', fallback: '' })}
        >
          <IconBraces size={18} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      {error !== null && (
        <span id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </span>
      )}
      <div id={`${id}-hint`} className={classes.hint}>
        {hint}
      </div>
      <MergeTagPopover editor={editor} request={request} onClose={() => setRequest(null)} />
    </div>
  )
}
