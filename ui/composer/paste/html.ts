import { Parser } from 'htmlparser2'

/** Text as a reader sees it, entities resolved. */
type HtmlText = { text: string }
/** An element; tag and attribute names are in small letters. */
export type HtmlElement = { tag: string; attributes: Readonly<Record<string, string>>; children: HtmlNode[] }
export type HtmlNode = HtmlText | HtmlElement

/** Elements nested deeper than this are read as if their tags were not there: no message needs them, hostile HTML has them. */
const DEEPEST = 120
/** Nobody writes this; the parser's time grows with the square of the depth, so the text without its tags has to do. */
const HOPELESS = 5_000

const EMPTY = new Set([
  'br',
  'hr',
  'img',
  'meta',
  'link',
  'input',
  'wbr',
  'col',
  'area',
  'base',
  'embed',
  'source',
  'track',
])

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption'
  ).split(' '),
)

/** Narrows a node to an element. */
export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tag' in node
}

/** Makes an element. */
export function element(tag: string, children: HtmlNode[], attributes: Record<string, string> = {}): HtmlElement {
  return { tag, attributes, children }
}

/** True for elements that begin a line of their own. */
export function isBlock(node: HtmlNode): node is HtmlElement {
  return isElement(node) && BLOCKS.has(node.tag)
}

/** True when a block stands somewhere inside. */
export function holdsBlock(node: HtmlNode): boolean {
  return isElement(node) && node.children.some((child) => isBlock(child) || holdsBlock(child))
}

/** All text inside, as it stands. */
export function textOf(node: HtmlNode): string {
  return isElement(node) ? node.children.map(textOf).join('') : node.text
}

/** True when nothing of it can be seen: white space, non-breaking spaces and line breaks only. */
export function isBlank(node: HtmlNode): boolean {
  if (!isElement(node)) return node.text.trim() === ''
  if (node.tag === 'hr' || node.tag === 'img' || node.attributes['data-merge-tag'] !== undefined) return false
  return node.children.every(isBlank)
}

/** The declarations of a `style` attribute, names and values in small letters. */
export function styleOf(node: HtmlElement): ReadonlyMap<string, string> {
  const declarations = (node.attributes.style ?? '').split(';').map((part): [string, string] => {
    const colon = part.indexOf(':')
    return [
      part.slice(0, colon).trim().toLowerCase(),
      part
        .slice(colon + 1)
        .trim()
        .toLowerCase(),
    ]
  })
  return new Map(declarations.filter(([name]) => name !== ''))
}

/** Replaces each node by what `change` makes of it, the children first. */
export function changeNodes(nodes: readonly HtmlNode[], change: (node: HtmlNode) => HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node) =>
    change(isElement(node) ? { ...node, children: changeNodes(node.children, change) } : node),
  )
}

/** Reads HTML as forgivingly as a browser; comments (Word's conditional ones, too) and declarations are left out. */
export function parseHtml(html: string): HtmlNode[] {
  const top: HtmlNode[] = []
  const open: { tag: string; children: HtmlNode[] }[] = [{ tag: '', children: top }]
  let tooDeep = 0
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (open.length > DEEPEST) {
        tooDeep++
        if (tooDeep > HOPELESS) parser.pause()
        return
      }
      const made = element(tag, [], attributes)
      open.at(-1)?.children.push(made)
      open.push(made)
    },
    onclosetag() {
      if (tooDeep > 0) tooDeep--
      else if (open.length > 1) open.pop()
    },
    ontext(text) {
      const siblings = open.at(-1)?.children ?? top
      const last = siblings.at(-1)
      if (last !== undefined && !isElement(last)) last.text += text
      else siblings.push({ text })
    },
  })
  parser.end(html)
  return tooDeep > HOPELESS ? [{ text: html.replace(/<[^>]*>/g, ' ') }] : top
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Writes nodes as HTML. */
export function writeHtml(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (isElement(node) ? writeElement(node) : escapeText(node.text))).join('')
}

function writeElement({ tag, attributes, children }: HtmlElement): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`,
  )
  const start = `<${tag}${written.join('')}>`
  return EMPTY.has(tag) ? start : `${start}${writeHtml(children)}</${tag}>`
}
