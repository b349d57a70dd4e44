import { readSubject } from '../../../api/contract/mergeTags.ts'
import { checkLink, type LinkProblem, type LinkWarning } from '../links/checkLink.ts'
import { type DocumentNode, isEmptyDocument, walkDocument } from './document.ts'

/** Something to put right before sending (`stops`), or to look at once more. */
export type Finding =
  | { kind: 'no_subject' | 'no_text' | 'too_long' | 'too_many' | 'no_title' | 'no_words'; stops: true }
  | { kind: 'too_many_letters'; stops: true; characters: number; most: number }
  | { kind: 'long_subject'; stops: false; characters: number }
  | { kind: 'link'; stops: boolean; path: number[]; href: string; what: LinkProblem | LinkWarning }
  | { kind: 'no_fallback'; stops: false; path: number[] | 'subject'; name: string }

/** What the server takes at most, from its own allow-list. */
const LIMITS = { characters: 200_000, nodes: 5_000, links: 500 } as const
/** More than this is cut off in the lists of most mail programs. */
export const LONG_SUBJECT = 60

/** Goes through a message as a careful colleague would before it is sent. */
export function checkMessage(subject: string, document: DocumentNode): Finding[] {
  return [...checkSubject(subject), ...checkBody(document)]
}

/** How many characters a recipient is likely to see of a subject: merge tags count as their fallback, at least five. */
export function subjectLength(subject: string): number {
  const shown = readSubject(subject).map((part) => ('text' in part ? part.text : part.fallback.padEnd(5)))
  return [...new Intl.Segmenter().segment(shown.join(''))].length
}

function checkSubject(subject: string): Finding[] {
  if (subject.trim() === '') return [{ kind: 'no_subject', stops: true }]
  const findings: Finding[] = readSubject(subject).flatMap((part) =>
    'name' in part ? noFallback(part.name, part.fallback, 'subject') : [],
  )
  const characters = subjectLength(subject)
  if (characters > LONG_SUBJECT) findings.push({ kind: 'long_subject', stops: false, characters })
  return findings
}

function checkBody(document: DocumentNode): Finding[] {
  if (isEmptyDocument(document)) return [{ kind: 'no_text', stops: true }]
  const findings: Finding[] = []
  const links = new Set<string>()
  let nodes = 0
  let characters = 0
  for (const { node, path } of walkDocument(document)) {
    nodes++
    characters += node.text?.length ?? 0
    if (node.type === 'mergeTag') {
      findings.push(...noFallback(String(node.attrs?.name), String(node.attrs?.fallback ?? ''), path))
    }
    const href = String(node.marks?.find(({ type }) => type === 'link')?.attrs?.href ?? '')
    if (href === '' || links.has(href)) continue
    links.add(href)
    const checked = checkLink(href)
    const what = checked.ok ? checked.warning : checked.problem
    if (what !== null) findings.push({ kind: 'link', stops: !checked.ok, path, href, what })
  }
  if (characters > LIMITS.characters) findings.push({ kind: 'too_long', stops: true })
  if (nodes > LIMITS.nodes || links.size > LIMITS.links) findings.push({ kind: 'too_many', stops: true })
  return findings
}

/** The name of the business is always there; a customer's may be missing. */
function noFallback(name: string, fallback: string, path: number[] | 'subject'): Finding[] {
  return fallback.trim() === '' && name.startsWith('customer.')
    ? [{ kind: 'no_fallback', stops: false, path, name }]
    : []
}
