import { readSubject } from '../../../api/contract/mergeTags.ts'
import { useText } from '../../shared/useText.tsx'
import classes from '../mergeTags/MergeTagChip.module.css'
import { MERGE_TAG_LABELS } from '../mergeTags/mergeTagLabel.ts'

/** A subject to read, its merge tags by their names. */
export function SubjectText({ subject }: { subject: string }) {
  const text = useText()
  let at = 0
  return readSubject(subject).map((part) => {
    const key = at++
    if ('text' in part) return <span key={key}>{part.text}</span>
    return (
      <span key={key} className={classes.chip}>
        {text(MERGE_TAG_LABELS[part.name])}
      </span>
    )
  })
}
