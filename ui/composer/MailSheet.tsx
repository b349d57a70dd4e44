import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { Mail } from './draft/written.ts'
import { MessageEditor, type MessageHandle } from './editor/MessageEditor.tsx'
import { SubjectField, type SubjectHandle } from './subject/SubjectField.tsx'
import { NoTemplate } from './template/NoTemplate.tsx'
import { TemplateBody } from './template/TemplateBody.tsx'
import { TemplatePicker } from './template/TemplatePicker.tsx'

/** Where in a mail the caret goes: into the subject, or to a node of the text by its child indexes. */
export type MailPlace = 'subject' | readonly number[]
export type MailSheetHandle = { goTo: (place: MailPlace) => void; pickTemplate: () => void }

type Props = {
  mail: Mail
  /** Counts up whenever the mail was replaced from outside the editors. */
  revision: number
  subjectError: string | null
  /** What stands while no subject is written: that of the first of two mails. */
  usualSubject?: string | undefined
  problems: readonly (readonly number[])[]
  readOnly: boolean
  /** Only a template is asked for: there is no text to write in its place. */
  templateOnly?: boolean
  onChange: (part: Partial<Mail>) => void
  ref?: Ref<MailSheetHandle>
}

/** Subject and text of a mail, or the template that it is made of. */
export function MailSheet(props: Props) {
  const { mail, revision, subjectError, usualSubject, problems, readOnly, templateOnly = false, onChange, ref } = props
  const { template } = mail
  const [picking, setPicking] = useState(false)
  const subject = useRef<SubjectHandle>(null)
  const body = useRef<MessageHandle>(null)
  useImperativeHandle(
    ref,
    () => ({
      goTo: (place) => (place === 'subject' ? subject.current?.focus() : body.current?.goTo(place)),
      pickTemplate: () => setPicking(true),
    }),
    [],
  )
  return (
    <>
      <SubjectField
        ref={subject}
        subject={mail.subject}
        revision={revision}
        error={subjectError}
        readOnly={readOnly}
        instead={template?.subject ?? usualSubject}
        onChange={(next) => onChange({ subject: next })}
        onEnter={() => body.current?.focus()}
      />
      {template !== null ? (
        <TemplateBody
          template={template}
          readOnly={readOnly}
          onAnother={() => setPicking(true)}
          onWrite={templateOnly ? undefined : () => onChange({ template: null })}
        />
      ) : templateOnly ? (
        <NoTemplate readOnly={readOnly} onPick={() => setPicking(true)} />
      ) : (
        <MessageEditor
          ref={body}
          document={mail.document}
          revision={revision}
          problems={problems}
          readOnly={readOnly}
          onChange={(document) => onChange({ document })}
        />
      )}
      {picking && (
        <TemplatePicker
          onChoose={(chosen) => {
            setPicking(false)
            onChange({ template: chosen })
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  )
}
