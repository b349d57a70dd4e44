import { applyEdits, type TextEdit } from './edits.ts'
import { inheritedValue } from './inherited.ts'
import type { MjmlElement, MjmlTree } from './nodes.ts'
import { allBlocks, type Path } from './walk.ts'

/** What the class of the n-th marked block begins with; the mail's own classes have other names. */
export const MARK = 'block-mark-'

/** A source in which every block of the body can be found again in its picture. */
export type Marked = {
  readonly mjml: string
  /** What was put in, so that places of the server's answer can be led back. */
  readonly edits: readonly TextEdit[]
  /** The path of each block, by the number of its mark. */
  readonly paths: readonly Path[]
}

/** Elements whose picture carries their class. */
const MARKABLE = new Set(
  (
    'mj-wrapper mj-section mj-group mj-column mj-hero mj-text mj-image mj-button mj-divider mj-spacer mj-table ' +
    'mj-social mj-social-element mj-navbar mj-navbar-link mj-accordion mj-accordion-element mj-carousel mj-survey'
  ).split(' '),
)

/**
 * Gives each block of the body a class of its own, beside those that it has, also by `mj-attributes`: so the picture tells
 * which block is where without a script in it. The classes change nothing of how it looks.
 */
export function markBlocks(tree: MjmlTree): Marked {
  const edits: TextEdit[] = []
  const paths: Path[] = []
  let body: Path | undefined
  for (const { node, path } of allBlocks(tree)) {
    if (node.kind !== 'element') continue
    if (node.name === 'mj-body') body = path
    if (body === undefined || !path.startsWith(`${body}.`) || !MARKABLE.has(node.name)) continue
    const mark = `${MARK}${paths.push(path) - 1}`
    edits.push(markOf(tree, node, mark))
  }
  return { mjml: applyEdits(tree.source, edits), edits, paths }
}

function markOf(tree: MjmlTree, element: MjmlElement, mark: string): TextEdit {
  const own = element.attributes.find(({ name }) => name === 'css-class')
  if (own?.hasValue && own.quote !== '') {
    const space = own.value.end > own.value.start ? ' ' : ''
    return { start: own.value.end, end: own.value.end, text: `${space}${mark}` }
  }
  // A class without quotes or value is none that MJML would show; a second one would not count.
  if (own) return { start: own.start, end: own.end, text: `css-class="${mark}"` }
  const at = element.open.start + 1 + element.name.length
  const kept = inheritedValue(tree, element, 'css-class')
  return { start: at, end: at, text: ` css-class="${kept === undefined ? '' : `${kept} `}${mark}"` }
}

/** The HTML of a marked source as that of the source itself has it. */
export const withoutMarks = (html: string): string =>
  html
    .replaceAll(new RegExp(` class="${MARK}\\d+(?:-outlook)?"`, 'g'), '')
    .replaceAll(new RegExp(` ?${MARK}\\d+(?:-outlook)?`, 'g'), '')
