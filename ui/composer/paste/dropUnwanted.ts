import { type HtmlElement, type HtmlNode, isElement, styleOf } from './html.ts'
import type { PasteReport } from './report.ts'

/** Never part of a message; nothing is lost that a reader saw. */
const UNSEEN = new Set(['style', 'head', 'title', 'meta', 'link', 'base', 'template', 'xml', 'colgroup', 'col', 'wbr'])
/** Things that do something, or show something a mail cannot. */
const ACTIVE = new Set(
  'script noscript iframe frame object embed applet canvas video audio svg math button input select textarea'.split(
    ' ',
  ),
)
const EMOJI_ONLY =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3#*0-9])+$/u

/** Takes out what a message cannot hold and counts it; emoji that a page shows as pictures become the emoji. */
export function dropUnwanted(nodes: readonly HtmlNode[], report: PasteReport): HtmlNode[] {
  return nodes.flatMap((node) => {
    if (!isElement(node)) return [node]
    if (UNSEEN.has(node.tag) || isHidden(node)) return []
    if (ACTIVE.has(node.tag)) {
      report.active++
      return []
    }
    if (node.tag === 'img') return pictureText(node, report)
    const children = dropUnwanted(node.children, report)
    // Office wraps things in elements of its own name spaces: <o:p>, <w:sdt>, <v:shape>.
    return node.tag.includes(':') ? children : [{ ...node, children }]
  })
}

function isHidden(node: HtmlElement): boolean {
  const style = styleOf(node)
  return (
    node.attributes.hidden !== undefined ||
    style.get('display') === 'none' ||
    style.get('visibility') === 'hidden' ||
    style.get('mso-hide') === 'all' ||
    (style.get('mso-element') ?? '').startsWith('comment')
  )
}

function pictureText(node: HtmlElement, report: PasteReport): HtmlNode[] {
  const alt = (node.attributes.alt ?? '').trim()
  if (EMOJI_ONLY.test(alt)) return [{ text: alt }]
  // A picture of one pixel is somebody's tracking, not content.
  if (Number(node.attributes.width) > 1 || node.attributes.width === undefined) report.images++
  return []
}
