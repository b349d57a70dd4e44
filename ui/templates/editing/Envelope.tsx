import { useText } from '../../shared/useText.tsx'
import type { Remark } from '../preview/usePicture.ts'
import { LineField } from '../text/LineField.tsx'
import type { TemplateEditing } from './useTemplateEditing.ts'

/** More than this is cut off in the lists of most mail programs. */
const LONG_SUBJECT = 60
const LONG_PREHEADER = 100

/** What a mail program shows before the mail is opened: subject and preheader. */
export function Envelope({ editing, remarks }: { editing: TemplateEditing; remarks: readonly Remark[] }) {
  const text = useText()
  const { subject, preheader } = editing.draft.content
  const errorOf = (field: Remark['field']) => remarks.find((one) => one.field === field && one.stops)?.message ?? null
  return (
    <>
      <LineField
        label={text('composer.subject.label')}
        placeholder={text('composer.subject.placeholder')}
        value={subject}
        long={LONG_SUBJECT}
        error={errorOf('subject')}
        onChange={(value) =>
          editing.change({ kind: 'around', values: { subject: value } }, text('template.did.subject'), 'subject')
        }
      />
      <LineField
        label={text('template.field.preheader')}
        placeholder={text('template.preheader.placeholder')}
        value={preheader}
        long={LONG_PREHEADER}
        error={errorOf('preheader')}
        onChange={(value) =>
          editing.change({ kind: 'around', values: { preheader: value } }, text('template.did.preheader'), 'preheader')
        }
      />
    </>
  )
}
