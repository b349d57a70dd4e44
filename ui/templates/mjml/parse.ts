import { OPAQUE } from './elements.ts'
import { endOfLiquid } from './liquid.ts'
import type { Leaf, LeafKind, MjmlElement, MjmlNode, MjmlTree } from './nodes.ts'
import { beginsName, nameAt, type OpenTag, readOpenTag } from './readTag.ts'

/** The server takes 30; tags deeper than this are read as text, so that no source can exhaust the stack of whoever walks it. */
const DEEPEST = 100

type OpenElement = { readonly tag: OpenTag; readonly children: MjmlNode[] }

/**
 * Takes an MJML source apart, whatever it is: nothing is refused, nothing is put right and nothing is lost. What cannot
 * be read is text; an element that is not closed ends where the one around it ends.
 */
export function parseMjml(source: string): MjmlTree {
  const top: MjmlNode[] = []
  const open: OpenElement[] = []
  const put = (node: MjmlNode): void => addNode(open.at(-1)?.children ?? top, node)
  const closeLast = (end: number, close: MjmlElement['close']): void => {
    const last = open.pop()
    if (last) put(elementOf(last, end, close))
  }

  let at = 0
  while (at < source.length) {
    const leaf = readLeaf(source, at)
    if (leaf) {
      put(leaf)
      at = leaf.end
      continue
    }
    if (source.startsWith('</', at)) {
      const close = readCloseTag(source, at)
      const index = open.findLastIndex(({ tag }) => tag.name === close.name)
      if (index < 0) put({ kind: 'stray', start: at, end: close.end })
      else {
        while (open.length > index + 1) closeLast(at, null)
        closeLast(close.end, { start: at, end: close.end })
      }
      at = close.end
      continue
    }
    const tag = beginsName(source[at + 1]) && source[at] === '<' ? readOpenTag(source, at) : undefined
    if (tag === undefined || (open.length >= DEEPEST && !tag.selfClosing)) {
      const end = tag?.end ?? endOfText(source, at)
      put({ kind: 'text', start: at, end })
      at = end
    } else if (tag.selfClosing) {
      put(elementOf({ tag, children: [] }, tag.end, null))
      at = tag.end
    } else if (OPAQUE.has(tag.name)) {
      const close = findClose(source, tag)
      const end = close?.end ?? source.length
      put(elementOf({ tag, children: [] }, end, close))
      at = end
    } else {
      open.push({ tag, children: [] })
      at = tag.end
    }
  }
  while (open.length > 0) closeLast(source.length, null)
  return { source, nodes: top }
}

/** Text that was read in two pieces is one. */
function addNode(nodes: MjmlNode[], node: MjmlNode): void {
  const last = nodes.at(-1)
  if (node.kind === 'text' && last?.kind === 'text') nodes[nodes.length - 1] = { ...last, end: node.end }
  else nodes.push(node)
}

function elementOf({ tag, children }: OpenElement, end: number, close: MjmlElement['close']): MjmlElement {
  const { start, name, attributes, selfClosing } = tag
  return {
    kind: 'element',
    start,
    end,
    name,
    attributes,
    open: { start, end: tag.end },
    close,
    selfClosing,
    content: { start: tag.end, end: close?.start ?? end },
    opaque: OPAQUE.has(name),
    children,
  }
}

const BRACKETS: readonly (readonly [string, string, LeafKind])[] = [
  ['<!--', '-->', 'comment'],
  ['<![CDATA[', ']]>', 'cdata'],
  ['<?', '?>', 'declaration'],
  ['<!', '>', 'declaration'],
]

/** What is no tag and begins here; a comment that does not end takes all the rest. */
function readLeaf(source: string, start: number): Leaf | undefined {
  if (source[start] === '{') {
    const end = endOfLiquid(source, start)
    return end < 0 ? undefined : { kind: 'liquid', start, end }
  }
  for (const [opening, closing, kind] of BRACKETS) {
    if (!source.startsWith(opening, start)) continue
    const found = source.indexOf(closing, start + opening.length)
    return { kind, start, end: found < 0 ? source.length : found + closing.length }
  }
  return undefined
}

/** Text goes to the next sign that may begin something else. */
function endOfText(source: string, start: number): number {
  const next = /[<{]/g
  next.lastIndex = start + 1
  return next.exec(source)?.index ?? source.length
}

function readCloseTag(source: string, start: number): { name: string; end: number } {
  const name = nameAt(source, start + 2)
  const end = source.indexOf('>', start)
  return { name, end: end < 0 ? source.length : end + 1 }
}

/** The closing tag of an element whose content is not looked into; elements of the same name in it have their own. */
function findClose(source: string, { name, end: from }: OpenTag): { start: number; end: number } | null {
  let depth = 1
  let at = from
  while (at < source.length) {
    const leaf = readLeaf(source, at)
    if (leaf) at = leaf.end
    else if (source.startsWith('</', at)) {
      const close = readCloseTag(source, at)
      if (close.name === name) depth--
      if (depth === 0) return { start: at, end: close.end }
      at = close.end
    } else if (source[at] === '<' && nameAt(source, at + 1) === name) {
      const tag = readOpenTag(source, at)
      if (tag && !tag.selfClosing) depth++
      at = tag?.end ?? at + 1
    } else at = endOfText(source, at)
  }
  return null
}
