import {
  changeNodes,
  element,
  type HtmlElement,
  type HtmlNode,
  holdsBlock,
  isBlank,
  isBlock,
  isElement,
} from './html.ts'
import type { PasteReport } from './report.ts'

/** Stands between the cells of a row, as one would read the row aloud. */
const BETWEEN_CELLS = ' · '

/**
 * Turns tables into lines: a row becomes a line with its cells one after another, head cells bold. A table that is
 * there for the layout only (one cell a row, or cells with blocks in them) gives up its content as it stands.
 */
export function flattenTables(nodes: readonly HtmlNode[], report: PasteReport): HtmlNode[] {
  return changeNodes(nodes, (node) => {
    if (!isElement(node) || node.tag !== 'table') return [node]
    const rows = rowsOf(node).map(flattenRow)
    if (rows.some(({ line }) => line !== null)) report.tables++
    return joinLines(rows)
  })
}

/** A row as one line, or (where it has no line) as the blocks in its cells. */
type Row = { line: HtmlNode[] | null; blocks: HtmlNode[] }

/** Lines that follow each other become one paragraph with line breaks. */
function joinLines(rows: readonly Row[]): HtmlNode[] {
  const out: HtmlNode[] = []
  let paragraph: HtmlElement | null = null
  for (const { line, blocks } of rows) {
    if (line === null) {
      out.push(...blocks)
      paragraph = null
    } else if (paragraph === null) {
      paragraph = element('p', [...line])
      out.push(paragraph)
    } else paragraph.children.push(element('br', []), ...line)
  }
  return out
}

/** Rows and captions in the order they are read. */
function rowsOf(node: HtmlElement): HtmlElement[] {
  return node.children.filter(isElement).flatMap((child) => {
    if (child.tag === 'tr' || child.tag === 'caption') return [child]
    if (['tbody', 'thead', 'tfoot'].includes(child.tag)) return rowsOf(child)
    return isBlank(child) ? [] : [element('tr', [element('td', [child])])]
  })
}

function flattenRow(row: HtmlElement): Row {
  if (row.tag === 'caption') return { line: null, blocks: [element('p', row.children)] }
  const cells = row.children.filter(isElement).filter((cell) => !isBlank(cell))
  const lines = cells.map((cell) => ({ cell, line: oneLine(cell) }))
  const blocks = cells.map((cell) => element('div', cell.children))
  if (cells.length < 2 || lines.some(({ line }) => line === null)) return { line: null, blocks }
  const line = lines.flatMap(({ cell, line: content }, index) => [
    ...(index === 0 ? [] : [{ text: BETWEEN_CELLS }]),
    ...(cell.tag === 'th' ? [element('strong', content ?? [])] : (content ?? [])),
  ])
  return { line, blocks }
}

/** The content of a cell that fits on one line: text, or a single paragraph of it; null for anything more. */
function oneLine(cell: HtmlElement): HtmlNode[] | null {
  const seen = cell.children.filter((child) => !isBlank(child))
  const [only] = seen
  if (seen.length === 1 && only !== undefined && isBlock(only)) {
    return ['p', 'div', 'center'].includes(only.tag) ? oneLine(only) : null
  }
  if (seen.some((child) => isBlock(child) || holdsBlock(child))) return null
  return trimmed(cell.children.filter((child) => !(isElement(child) && child.tag === 'br')))
}

/** Without the white space that the source has around the content of a cell. */
function trimmed(nodes: HtmlNode[]): HtmlNode[] {
  return nodes.map((node, index) => {
    if (isElement(node)) return node
    const text = node.text.replace(/\s+/g, (space) => (space.includes('\u00a0') ? space : ' '))
    if (index === 0 && index === nodes.length - 1) return { text: text.trim() }
    return { text: index === 0 ? text.trimStart() : index === nodes.length - 1 ? text.trimEnd() : text }
  })
}
