import { isBalanced } from './balance.ts'
import { positionAfter, type TextEdit } from './edits.ts'
import { opened } from './elementEdits.ts'
import { isWhole, type MjmlNode, type MjmlTree, type Range, textOf } from './nodes.ts'
import type { Outcome, Place, Refusal } from './outcome.ts'
import { blocksAt, elementAt, isWithin, nodeAt, type Path, placeOf } from './walk.ts'

/** Puts MJML at a place, on a line of its own where the blocks around stand on lines of their own. */
export function inserted(tree: MjmlTree, place: Place, mjml: string): Outcome | Refusal {
  if (!isBalanced(mjml)) return 'not_balanced'
  const edit = insertion(tree, place, mjml)
  if (typeof edit === 'string') return edit
  return { edits: [edit], at: edit.start + edit.text.indexOf(mjml) }
}

/** Replaces a block by other MJML. */
export function replaced(tree: MjmlTree, path: Path, mjml: string): Outcome | Refusal {
  const node = nodeAt(tree, path)
  if (!node) return 'missing'
  if (!isBalanced(mjml)) return 'not_balanced'
  return { edits: [{ start: node.start, end: node.end, text: mjml }], at: node.start }
}

/** Takes a block out, with the line that it had for itself. */
export function removed(tree: MjmlTree, path: Path): Outcome | Refusal {
  const node = nodeAt(tree, path)
  const place = placeOf(path)
  if (!node || !place) return 'missing'
  const range = withLine(tree.source, node)
  const siblings = blocksAt(tree, place.parent)
  const next = siblings[place.index + 1] ?? siblings[place.index - 1] ?? elementAt(tree, place.parent)
  const edits = [{ ...range, text: '' }]
  return { edits, at: positionAfter(next?.start ?? 0, edits) }
}

/** Takes a block from where it stands to a place of the source as it was. */
export function moved(tree: MjmlTree, path: Path, place: Place): Outcome | Refusal {
  const node = nodeAt(tree, path)
  const from = placeOf(path)
  if (!node || !from) return 'missing'
  if (isWithin(place.parent, path)) return 'into_itself'
  if (place.parent === from.parent && (place.index === from.index || place.index === from.index + 1)) return 'nothing'
  const mjml = textOf(tree.source, node)
  if (!isBalanced(mjml)) return 'not_balanced'
  const put = insertion(tree, place, mjml)
  if (typeof put === 'string') return put
  const taken: TextEdit = { ...withLine(tree.source, node), text: '' }
  const edits = put.start <= taken.start ? [put, taken] : [taken, put]
  const shift = put.start <= taken.start ? 0 : taken.start - taken.end
  return { edits, at: put.start + shift + put.text.indexOf(mjml) }
}

/** Puts a copy right after a block. */
export function duplicated(tree: MjmlTree, path: Path): Outcome | Refusal {
  const node = nodeAt(tree, path)
  const place = placeOf(path)
  if (!node || !place) return 'missing'
  return inserted(tree, { parent: place.parent, index: place.index + 1 }, textOf(tree.source, node))
}

/** Puts a block into a new element, which takes its place. */
export function wrapped(tree: MjmlTree, path: Path, name: string): Outcome | Refusal {
  const node = nodeAt(tree, path)
  if (!node || path === '') return 'missing'
  const { start, end } = node
  if (!isBalanced(textOf(tree.source, node))) return 'not_balanced'
  const edits = [
    { start, end: start, text: `<${name}>` },
    { start: end, end, text: `</${name}>` },
  ]
  return { edits, at: start }
}

/** The edit that puts MJML at a place. */
function insertion(tree: MjmlTree, { parent, index }: Place, mjml: string): TextEdit | Refusal {
  const element = elementAt(tree, parent)
  if (parent !== '' && !element) return 'missing'
  if (element && !isWhole(element)) return 'not_closed'
  if (element?.opaque) return 'missing'
  const siblings = blocksAt(tree, parent)
  if (index < 0 || index > siblings.length) return 'missing'
  if (element?.selfClosing) return opened(tree, element, mjml)
  const before = siblings[index - 1]
  const after = siblings[index]
  if (before) {
    const start = before.end
    return { start, end: start, text: `${lineOf(tree.source, before)}${mjml}` }
  }
  if (after) {
    const start = after.start
    return { start, end: start, text: `${mjml}${lineOf(tree.source, after)}` }
  }
  const start = element?.content.start ?? 0
  if (!element) return { start, end: start, text: mjml }
  // An empty element: the block stands in it on a line of its own, if the element does.
  const line = lineOf(tree.source, element)
  const isOpen = textOf(tree.source, element.content).includes('\n')
  return { start, end: start, text: line === '' ? mjml : `${line}  ${mjml}${isOpen ? '' : line}` }
}

/** What goes before a block that is to stand under another one: the line break and indentation of that one, if it has them. */
function lineOf(source: string, { start }: Range): string {
  const space = /(?:\r?\n)[ \t]*$/.exec(source.slice(Math.max(0, start - 200), start))
  if (space) return space[0]
  // The first block of a source begins a line without a break before it.
  const first = /^[ \t]*$/.exec(source.slice(0, start))
  return first ? `\n${first[0]}` : ''
}

/** A block with the white space before it, from the end of the line above, where nothing else stands on its line. */
function withLine(source: string, node: MjmlNode): Range {
  const before = /\r?\n[ \t]*$/.exec(source.slice(Math.max(0, node.start - 200), node.start))
  const isLast = /^[ \t]*(?:\r?\n|$)/.test(source.slice(node.end, node.end + 200))
  return before && isLast
    ? { start: node.start - before[0].length, end: node.end }
    : { start: node.start, end: node.end }
}
