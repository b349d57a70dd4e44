import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { EditorContent, useEditor } from '@tiptap/react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { LONG_SUBJECT, subjectLength } from '../document/checkMessage.ts'
import type { DocumentNode } from '../document/document.ts'
import { focusNow } from '../editor/focusNow.ts'
import { MergeTagPopover } from '../mergeTags/MergeTagPopover.tsx'
import type { MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import classes from './SubjectField.module.css'
import { SubjectText } from './SubjectText.tsx'
import { documentToSubject, subjectToDocument } from './subjectDocument.ts'
import { subjectExtensions } from './subjectExtensions.ts'

/** What the rest of the page can ask of the field. */
export type SubjectHandle = { focus: () => void }

type Props = {
  /** What the field starts with, and takes over again whenever `revision` changes. */
  subject: string
  revision: number
  error: string | null
  readOnly: boolean
  /** The subject that holds while this one is empty: that of a template. */
  instead?: string | undefined
  onChange: (subject: string) => void
  /** Enter was pressed; taken from the first rendering. */
  onEnter: () => void
  ref?: Ref<SubjectHandle>
}

/** The subject of a mail: one line of text and merge tags, with a hint when it gets long. */
export function SubjectField({ subject, revision, error, readOnly, instead, onChange, onEnter, ref }: Props) {
  const text = useText()
  const [request, setRequest] = useState<MergeTagRequest | null>(null)
  const length = subjectLength(subject)
  const long = length > LONG_SUBJECT

  // The editor is made once: what it starts with must not change from one rendering to the next.
  const [options] = useState(() => ({
    content: subjectToDocument(subject),
    extensions: subjectExtensions({
      placeholder: text('composer.subject.placeholder'),
      onAskMergeTag: setRequest,
      onEnter,
    }),
  }))
  const editor = useEditor({
    ...options,
    onUpdate: ({ editor: current }) => onChange(documentToSubject(current.getJSON() as DocumentNode)),
  })

  useEffect(() => {
    editor.setOptions({
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'false',
          'aria-labelledby': 'composer-subject-label',
          'aria-describedby': error === null ? 'composer-subject-hint' : 'composer-subject-error composer-subject-hint',
          'aria-invalid': String(error !== null),
          'aria-required': 'true',
          spellcheck: 'true',
        },
      },
    })
  }, [editor, error])
  const shown = useRef(revision)
  useEffect(() => {
    if (shown.current === revision) return
    shown.current = revision
    editor.commands.setContent(subjectToDocument(subject), { emitUpdate: false })
  }, [editor, subject, revision])
  useEffect(() => {
    editor.setEditable(!readOnly, false)
  }, [editor, readOnly])
  useImperativeHandle(ref, () => ({ focus: () => focusNow(editor) }), [editor])

  return (
    <div className={classes.field} data-invalid={error !== null || undefined}>
      <span id="composer-subject-label" className={classes.label}>
        {text('composer.subject.label')}
      </span>
      <EditorContent editor={editor} className={classes.line} />
      <Text
        id="composer-subject-hint"
        component="span"
        className="numbers"
        fz="xs"
        c={long ? 'var(--attention)' : 'dimmed'}
        title={text('composer.subject.lengthHint')}
      >
        {text(long ? 'composer.subject.long' : 'composer.subject.length', { length, most: LONG_SUBJECT })}
      </Text>
      <Tooltip label={text('composer.tool.mergeTag')}>
        <ActionIcon
          size={34}
          aria-label={text('composer.subject.mergeTag')}
          aria-haspopup="dialog"
          disabled={readOnly}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setRequest({ position: null, name: '', fallback: '' })}
        >
          <IconBraces size={18} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      {instead !== undefined && subject.trim() === '' && (
        <Text fz="sm" c="dimmed" className={classes.error}>
          {text('composer.template.subject')} <SubjectText subject={instead} />
        </Text>
      )}
      {error !== null && (
        <Text id="composer-subject-error" className={classes.error} fz="sm" role="alert">
          {error}
        </Text>
      )}
      <MergeTagPopover editor={editor} request={request} onClose={() => setRequest(null)} />
    </div>
  )
}
