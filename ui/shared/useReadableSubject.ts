import { readSubject } from '../../api/contract/mergeTags.ts'
import { MERGE_TAG_LABELS } from '../composer/mergeTags/mergeTagLabel.ts'
import { useText } from './useText.tsx'

/**
 * A subject as it is stored, with its merge tags as their names: “Hello [first name]”. For headings and lists; what a
 * recipient got is rendered by the server.
 */
export function useReadableSubject(): (subject: string) => string {
  const text = useText()
  return (subject) =>
    readSubject(subject)
      .map((part) => ('text' in part ? part.text : `[${text(MERGE_TAG_LABELS[part.name])}]`))
      .join('')
}
