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
 * Turns tables into lines: a row becomes a paragraph with its cells one after another, head cells bold. A table that is
 * there for the layout only (one cell a row, or cells with blocks in them) gives up its content as it stands.
 */
export function flattenTables(nodes: readonly HtmlNode[], report: PasteReport): HtmlNode[] {
  return changeNodes(nodes, (node) => {
    if (!isElement(node) || node.tag !== 'table') return [node]
    const lines = rowsOf(node).map(flattenRow)
    if (lines.some(({ joined }) => joined)) report.tables++
    return lines.flatMap(({ nodes }) => nodes)
  })
}

/** Rows and captions in the order they are read. */
function rowsOf(node: HtmlElement): HtmlElement[] {
  return node.children.filter(isElement).flatMap((child) => {
    if (child.tag === 'tr' || child.tag === 'caption') return [child]
    if (['tbody', 'thead', 'tfoot'].includes(child.tag)) return rowsOf(child)
    return isBlank(child) ? [] : [element('tr', [element('td', [child])])]
  })
}

function flattenRow(row: HtmlElement): { nodes: HtmlNode[]; joined: boolean } {
  if (row.tag === 'caption') return { nodes: [element('p', row.children)], joined: false }
  const cells = row.children.filter(isElement).filter((cell) => !isBlank(cell))
  const lines = cells.map((cell) => ({ cell, line: oneLine(cell) }))
  if (cells.length < 2 || lines.some(({ line }) => line === null)) {
    return { nodes: cells.map((cell) => element('div', cell.children)), joined: false }
  }
  const joined = lines.flatMap(({ cell, line }, index) => [
    ...(index === 0 ? [] : [{ text: BETWEEN_CELLS }]),
    ...(cell.tag === 'th' ? [element('strong', line ?? [])] : (line ?? [])),
  ])
  return { nodes: [element('p', joined)], joined: true }
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
