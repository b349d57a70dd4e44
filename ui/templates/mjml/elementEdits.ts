import { isBalanced } from './balance.ts'
import { isWhole, type MjmlElement, type MjmlTree, textOf } from './nodes.ts'
import type { Outcome, Refusal } from './outcome.ts'
import { beginsName, nameAt } from './readTag.ts'
import { writeValue } from './values.ts'
import { elementAt, type Path } from './walk.ts'

/** Sets, changes or (null) takes out an attribute. The first one of that name counts, as for the server. */
export function withAttribute(tree: MjmlTree, path: Path, name: string, value: string | null): Outcome | Refusal {
  const element = elementAt(tree, path)
  if (!element) return 'missing'
  const at = element.start
  const attribute = element.attributes.find((one) => one.name === name)
  if (value === null) {
    if (!attribute) return 'nothing'
    return { edits: [{ start: spaceBefore(tree.source, attribute.start), end: attribute.end, text: '' }], at }
  }
  if (!beginsName(name) || nameAt(name, 0) !== name) return 'not_writable'
  const written = writeValue(value, attribute?.quote)
  if (written === undefined) return 'not_writable'
  if (!attribute) {
    const start = endOfName(element)
    return { edits: [{ start, end: start, text: ` ${name}=${written}` }], at }
  }
  const { start, end } = attribute.value
  const edge = attribute.quote === '' ? 0 : 1
  if (!attribute.hasValue) return { edits: [{ start, end, text: `=${written}` }], at }
  return { edits: [{ start: start - edge, end: end + edge, text: written }], at }
}

/** A new attribute goes behind the last one, or behind the name. */
const endOfName = ({ attributes, open, name }: MjmlElement): number =>
  attributes.at(-1)?.end ?? open.start + 1 + name.length

function spaceBefore(source: string, position: number): number {
  let at = position
  while (/\s/.test(source[at - 1] ?? '')) at--
  return at
}

/** Replaces what stands between the tags; an element that closes itself is opened for it. */
export function withContent(tree: MjmlTree, path: Path, content: string): Outcome | Refusal {
  const element = elementAt(tree, path)
  if (!element) return 'missing'
  if (!isWhole(element)) return 'not_closed'
  if (!isBalanced(`<${element.name}>${content}</${element.name}>`)) return 'not_balanced'
  const at = element.start
  if (element.selfClosing) return { edits: [opened(tree, element, content)], at }
  const { start, end } = element.content
  return { edits: [{ start, end, text: content }], at }
}

/** `<mj-column />` as `<mj-column>…</mj-column>`. */
export function opened(tree: MjmlTree, element: MjmlElement, content: string) {
  const slash = spaceBefore(tree.source, element.open.end - 2)
  return { start: slash, end: element.open.end, text: `>${content}</${element.name}>` }
}

/** What stands between the tags of an element, as it is written. */
export const contentOf = (tree: MjmlTree, element: MjmlElement): string =>
  element.selfClosing ? '' : textOf(tree.source, element.content)
