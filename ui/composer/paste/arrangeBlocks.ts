import { element, type HtmlElement, type HtmlNode, holdsBlock, isBlank, isBlock, isElement } from './html.ts'

/** Content of a line: no blocks inside. */
type Run = HtmlNode[]

/**
 * Brings content into the shape of a message: paragraphs, headings, lists and quotes, none of them empty. Two line breaks
 * in a row begin a new paragraph; lines that a mail program wrote as `<div>`s with empty ones between become paragraphs
 * with line breaks.
 */
export function arrangeBlocks(nodes: readonly HtmlNode[]): HtmlNode[] {
  const blocks: HtmlNode[] = []
  let run: Run = []
  const lines = nodes.some((node) => isElement(node) && node.tag === 'div' && isBlank(node))
  const close = () => {
    blocks.push(...paragraphs(run, 'p'))
    run = []
  }
  for (const node of nodes.flatMap(pushDown)) {
    if (!isBlock(node)) run.push(node)
    else if (lines && node.tag === 'div' && !holdsBlock(node)) {
      if (isBlank(node)) close()
      else run.push(...node.children, element('br', []))
    } else {
      close()
      blocks.push(...arrangeBlock(node))
    }
  }
  close()
  return blocks
}

function arrangeBlock(node: HtmlElement): HtmlNode[] {
  switch (node.tag) {
    case 'hr':
      return [element('hr', [])]
    case 'ul':
    case 'ol':
      return arrangeList(node)
    case 'blockquote': {
      const children = arrangeBlocks(node.children)
      return children.length > 0 ? [element('blockquote', children)] : []
    }
    case 'pre':
      return paragraphs(node.children.flatMap(keepLineEnds), 'p')
    case 'dt':
      return holdsBlock(node) ? arrangeBlocks(node.children) : paragraphs([element('strong', node.children)], 'p')
    case 'p':
    case 'h1':
    case 'h2':
    case 'h3':
      return holdsBlock(node) ? arrangeBlocks(node.children) : paragraphs(node.children, node.tag)
    default:
      return arrangeBlocks(node.children)
  }
}

/** Items with their blocks; a list that stands directly in a list goes into the item before it. */
function arrangeList(list: HtmlElement): HtmlNode[] {
  const items: HtmlElement[] = []
  for (const child of list.children) {
    if (isBlank(child)) continue
    const isList = isElement(child) && (child.tag === 'ul' || child.tag === 'ol')
    const last = items.at(-1)
    if (isList && last !== undefined) last.children.push(...arrangeList(child))
    else {
      const children = arrangeBlocks(isElement(child) && child.tag === 'li' ? child.children : [child])
      // An item begins with a paragraph: the schema of the editor asks for one.
      const [first] = children
      const lead = first !== undefined && isElement(first) && first.tag === 'p' ? [] : [element('p', [])]
      if (children.length > 0) items.push(element('li', [...lead, ...children]))
    }
  }
  return items.length > 0 ? [element(list.tag, items, { ...list.attributes })] : []
}

/** A run of inline content as paragraphs (or headings), split where two breaks follow each other; empty ones are left out. */
function paragraphs(run: Run, tag: string): HtmlElement[] {
  const parts: Run[] = [[]]
  let breaks = 0
  for (const node of run) {
    if (isElement(node) && node.tag === 'br') {
      breaks++
      continue
    }
    if (breaks > 0 && isBlank(node) && !isElement(node)) continue
    const part = parts.at(-1) ?? []
    if (breaks > 1 && part.length > 0) parts.push([node])
    else part.push(...(breaks > 0 && part.length > 0 ? [element('br', [])] : []), node)
    breaks = 0
  }
  return parts.filter((part) => !part.every(isBlank)).map((part) => element(tag, part))
}

const isAroundBlocks = (node: HtmlElement): boolean => !isBlock(node) && holdsBlock(node)

/** A mark or link around blocks becomes one inside each of them. */
function pushDown(node: HtmlNode): HtmlNode[] {
  if (!isElement(node) || !isAroundBlocks(node)) return [node]
  return node.children.map((child) => {
    if (isElement(child) && child.tag === 'br') return child
    const inner: HtmlElement = { ...node, children: isBlock(child) ? child.children : [child] }
    return isBlock(child) ? { ...child, children: pushDown(inner) } : inner
  })
}

/** Preformatted text: its line ends are content. */
function keepLineEnds(node: HtmlNode): HtmlNode[] {
  if (isElement(node)) return [{ ...node, children: node.children.flatMap(keepLineEnds) }]
  return node.text
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((text, index) => [...(index === 0 ? [] : [element('br', [])]), { text }])
}
