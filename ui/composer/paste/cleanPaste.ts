import { arrangeBlocks } from './arrangeBlocks.ts'
import { cleanText } from './cleanText.ts'
import { dropUnwanted } from './dropUnwanted.ts'
import { flattenTables } from './flattenTables.ts'
import { changeNodes, type HtmlNode, holdsBlock, isBlock, isElement, parseHtml, writeHtml } from './html.ts'
import { keepMeaning } from './plainMarks.ts'
import { nothingChanged, type PasteReport } from './report.ts'
import { rebuildLists } from './wordLists.ts'

/** What was copied inside the composer comes with this mark of the editor's own; it is clean already. */
const OWN = /\sdata-pm-slice=/

/**
 * Cleans HTML from the clipboard (Word, Google Docs, mail programs, web pages) so that only what a message may hold is
 * left, in elements the editor knows, without attributes but the target of a link.
 *
 * @param html as the clipboard gives it; may be hostile
 * @returns clean HTML and what was changed
 */
export function cleanPaste(html: string): { html: string; report: PasteReport } {
  const report = nothingChanged()
  if (OWN.test(html)) return { html, report }
  const wanted = dropUnwanted(parseHtml(html), report)
  const plain = keepMeaning(flattenTables(rebuildLists(wanted, report), report), report)
  const texts = changeNodes(plain, (node) => [isElement(node) ? node : cleanNode(node.text, report)])
  const inline = !texts.some((node) => isBlock(node) || holdsBlock(node))
  // A few words copied out of a line stay a part of the line they are pasted into.
  return { html: writeHtml(inline ? withoutEndBreaks(texts) : arrangeBlocks(texts)), report }
}

function cleanNode(text: string, report: PasteReport): HtmlNode {
  const clean = cleanText(text)
  report.hidden += clean.removed
  return { text: clean.text }
}

function withoutEndBreaks(nodes: HtmlNode[]): HtmlNode[] {
  const last = nodes.findLastIndex((node) => !(isElement(node) && node.tag === 'br'))
  return nodes.slice(0, last + 1)
}
