import { cleanText } from './cleanText.ts'

/** What merge tags are filled from, for one recipient. */
export type MergeData = {
  customer: { first_name: string | null; last_name: string | null }
  business: { name: string }
}

type MergeTag = { label: string; value: (data: MergeData) => string | null }

/** Every merge tag that a message may contain. A further one is a line here. */
const MERGE_TAGS = {
  'customer.first_name': { label: 'First name', value: ({ customer }) => customer.first_name },
  'customer.last_name': { label: 'Last name', value: ({ customer }) => customer.last_name },
  'customer.full_name': {
    label: 'First and last name',
    value: ({ customer }) => [customer.first_name, customer.last_name].filter(Boolean).join(' '),
  },
  'business.name': { label: 'Name of the business', value: ({ business }) => business.name },
} as const satisfies Record<string, MergeTag>

export type MergeTagName = keyof typeof MERGE_TAGS

/** The names of {@link MERGE_TAGS}, as they are written in a message. */
export const MERGE_TAG_NAMES: readonly string[] = Object.keys(MERGE_TAGS)

/** True when a message may contain a merge tag of this name. */
export function isMergeTagName(name: string): name is MergeTagName {
  return Object.hasOwn(MERGE_TAGS, name)
}

/** The values of all merge tags for one recipient as Liquid reads them: `{customer: {first_name: …}, …}`. */
export function mergeValues(data: MergeData): Record<string, Record<string, string>> {
  const values: Record<string, Record<string, string>> = {}
  for (const [path, tag] of Object.entries<MergeTag>(MERGE_TAGS)) {
    const [group = '', name = ''] = path.split('.')
    const text = cleanText(tag.value(data) ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    values[group] = { ...values[group], [name]: text }
  }
  return values
}

/**
 * A merge tag as Liquid: `{{ customer.first_name | default: 'friend' }}`. The fallback becomes a quoted Liquid text,
 * in which backslash and quote are escaped, so that it can't end early.
 */
export function mergeTagLiquid(name: string, fallback: string): string {
  return fallback === '' ? `{{ ${name} }}` : `{{ ${name} | default: ${liquidText(fallback)} }}`
}

/** A text as a Liquid literal. */
function liquidText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\s+/g, ' ')}'`
}

/** Text that Liquid gives back as it is: each brace is written as a Liquid output of that brace. */
export function literalLiquid(text: string): string {
  return text.replace(/[{}]/g, (brace) => `{{ '${brace}' }}`)
}

const TAG = /\{\{-?\s*([a-z_]+\.[a-z_.]+)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}/g

/** A piece of a line of text: the text itself, or a merge tag. */
export type TextPart = { text: string } | { name: string; fallback: string }

/**
 * Takes merge tags out of a line: `Hello {{ customer.first_name | default: "you" }}`. Braces around anything that is
 * not a path of names stay text; whether the names exist is for the caller to check.
 */
export function readMergeTags(line: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of line.matchAll(TAG)) {
    if (match.index > from) parts.push({ text: line.slice(from, match.index) })
    parts.push({ name: match[1] ?? '', fallback: match[2] ?? match[3] ?? '' })
    from = match.index + match[0].length
  }
  if (from < line.length) parts.push({ text: line.slice(from) })
  return parts
}
