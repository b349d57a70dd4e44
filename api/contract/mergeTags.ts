/**
 * The merge tags a message may contain, for the composer's menu; `domain/messages/mergeTags.ts` fills them in, and a test
 * holds the two lists together. In the body a merge tag is a node `mergeTag` with `name` and `fallback`; in the subject,
 * which is one line of text, it is written as {@link writeMergeTag} does.
 */
export const MERGE_TAG_NAMES = [
  'customer.first_name',
  'customer.last_name',
  'customer.full_name',
  'business.name',
] as const
export type MergeTagName = (typeof MERGE_TAG_NAMES)[number]

/** A piece of a subject: text as it stands, or a merge tag with what stands there when the customer has no such value. */
export type SubjectPart = { text: string } | { name: MergeTagName; fallback: string }

/** True when `name` is one of {@link MERGE_TAG_NAMES}. */
export function isMergeTagName(name: string): name is MergeTagName {
  return MERGE_TAG_NAMES.some((known) => known === name)
}

/**
 * A merge tag in a line of text: `{{ customer.first_name | default: "friend" }}`, without the default when `fallback` is
 * empty. What would end the fallback early is written another way: double quotes as curly ones, braces as parentheses.
 */
export function writeMergeTag(name: MergeTagName, fallback: string): string {
  const written = fallback.replaceAll('"', '”').replaceAll('{', '(').replaceAll('}', ')')
  return written === '' ? `{{ ${name} }}` : `{{ ${name} | default: "${written}" }}`
}

const TAG = /\{\{\s*([a-z_.]+)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?\}\}/g

/** Takes a subject apart into text and merge tags; braces around anything but a known name stay text. */
export function readSubject(subject: string): SubjectPart[] {
  const parts: SubjectPart[] = []
  let from = 0
  for (const match of subject.matchAll(TAG)) {
    const name = match[1] ?? ''
    if (!isMergeTagName(name)) continue
    if (match.index > from) parts.push({ text: subject.slice(from, match.index) })
    parts.push({ name, fallback: match[2] ?? match[3] ?? '' })
    from = match.index + match[0].length
  }
  if (from < subject.length) parts.push({ text: subject.slice(from) })
  return parts
}
