import { element, type HtmlElement, type HtmlNode, isBlank, isElement, styleOf, textOf } from './html.ts'
import type { PasteReport } from './report.ts'

/** A paragraph that only looks like an item of a list. */
type Item = { level: number; ordered: boolean; number: number; children: HtmlNode[] }

/** Word writes `mso-list:l0 level2 lfo1` on each paragraph of a list. */
const WORD_LEVEL = /\blevel(\d)/
const ORDERED = /^\(?(\d{1,4}|[a-z]{1,5})[.)]/i
/** A bullet typed or drawn at the start of a paragraph, with space after it. */
const TYPED_BULLET = /^\s*[·•▪●◦‣][\s\u00a0]+/

/**
 * Turns runs of paragraphs that are a list by look only (as Word, and editors that imitate it, put them on the clipboard)
 * into real lists, nested by level, numbered where they were.
 */
export function rebuildLists(nodes: readonly HtmlNode[], report: PasteReport): HtmlNode[] {
  const out: HtmlNode[] = []
  let run: Item[] = []
  const close = () => {
    if (run.length > 0) {
      out.push(...nest(run))
      report.lists++
    }
    run = []
  }
  for (const node of nodes) {
    const item = isElement(node) ? readItem(node) : null
    if (item !== null) run.push(item)
    else if (isElement(node)) {
      if (run.length > 0 && node.tag === 'br') continue
      close()
      out.push({ ...node, children: rebuildLists(node.children, report) })
    } else {
      // The line ends between two paragraphs of Word's source are no content.
      if (run.length > 0 && isBlank(node)) continue
      close()
      out.push(node)
    }
  }
  close()
  return out
}

function readItem(node: HtmlElement): Item | null {
  if (node.tag !== 'p' && node.tag !== 'div') return null
  const list = styleOf(node).get('mso-list')
  const level = Number(WORD_LEVEL.exec(list ?? '')?.[1] ?? '0')
  if (level > 0) {
    const marker = findMarker(node.children)
    const text = (marker === null ? '' : textOf(marker)).trim()
    const found = ORDERED.exec(text)
    const number = Number(found?.[1])
    return {
      level,
      ordered: found !== null,
      number: Number.isInteger(number) ? number : 1,
      children: withoutMarker(node.children),
    }
  }
  if (!TYPED_BULLET.test(textOf(node)) || node.tag === 'div') return null
  return { level: 1, ordered: false, number: 1, children: withoutStart(node.children, TYPED_BULLET) }
}

const isMarker = (node: HtmlNode): boolean => isElement(node) && styleOf(node).get('mso-list') === 'ignore'

function findMarker(nodes: readonly HtmlNode[]): HtmlNode | null {
  for (const node of nodes) {
    if (isMarker(node)) return node
    const inside = isElement(node) ? findMarker(node.children) : null
    if (inside !== null) return inside
  }
  return null
}

function withoutMarker(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node) => {
    if (isMarker(node)) return []
    return [isElement(node) ? { ...node, children: withoutMarker(node.children) } : node]
  })
}

/** Takes `pattern` off the beginning of the text, wherever in the tree the text begins. */
function withoutStart(nodes: readonly HtmlNode[], pattern: RegExp): HtmlNode[] {
  let left = pattern.exec(nodes.map(textOf).join(''))?.[0].length ?? 0
  const cut = (node: HtmlNode): HtmlNode => {
    if (isElement(node)) return { ...node, children: node.children.map(cut) }
    const taken = Math.min(left, node.text.length)
    left -= taken
    return { text: node.text.slice(taken) }
  }
  return nodes.map(cut)
}

/** Lists of lists from items in a row; a level that was jumped over is not made up. */
function nest(items: readonly Item[]): HtmlElement[] {
  const lists: HtmlElement[] = []
  const open: { level: number; ordered: boolean; list: HtmlElement }[] = []
  for (const item of items) {
    while (open.length > 1 && item.level < (open.at(-1)?.level ?? 0)) open.pop()
    const current = open.at(-1)
    const children = [element('p', item.children)]
    const deeper = current !== undefined && item.level > current.level
    if (current !== undefined && !deeper && current.ordered === item.ordered) {
      current.list.children.push(element('li', children))
      continue
    }
    if (current !== undefined && !deeper) open.pop()
    const list = element(item.ordered ? 'ol' : 'ul', [element('li', children)], startOf(item))
    const parent = open.at(-1)?.list.children.at(-1)
    if (parent !== undefined && isElement(parent)) parent.children.push(list)
    else lists.push(list)
    open.push({ level: item.level, ordered: item.ordered, list })
  }
  return lists
}

const startOf = (item: Item): Record<string, string> =>
  item.ordered && item.number > 1 ? { start: String(item.number) } : {}
