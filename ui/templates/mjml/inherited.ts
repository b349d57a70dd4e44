import { type MjmlElement, type MjmlTree, textOf } from './nodes.ts'
import { readValue } from './values.ts'
import { allBlocks } from './walk.ts'

/** The value of an attribute that is written on an element; null when it has none. */
export function ownValue(tree: MjmlTree, element: MjmlElement, name: string): string | null {
  const found = element.attributes.find((attribute) => attribute.name === name)
  return found ? readValue(textOf(tree.source, found.value)) : null
}

/** What `mj-attributes` says, read once for a source. */
const rulesOfTree = new WeakMap<MjmlTree, readonly MjmlElement[]>()

function rulesOf(tree: MjmlTree): readonly MjmlElement[] {
  const known = rulesOfTree.get(tree)
  if (known) return known
  const blocks = allBlocks(tree)
  const places = new Set(
    blocks.flatMap(({ node, path }) => (node.kind === 'element' && node.name === 'mj-attributes' ? [path] : [])),
  )
  const rules = blocks.flatMap(({ node, parent }) => (node.kind === 'element' && places.has(parent) ? [node] : []))
  rulesOfTree.set(tree, rules)
  return rules
}

/**
 * What holds for an attribute that an element does not say itself, by `mj-attributes`: its classes before its kind, its
 * kind before all; undefined where MJML's own default holds.
 */
export function inheritedValue(tree: MjmlTree, element: MjmlElement, name: string): string | undefined {
  const rules = rulesOf(tree)
  const said = (rule: MjmlElement | undefined): string | undefined =>
    rule === undefined ? undefined : (ownValue(tree, rule, name) ?? undefined)
  const lastOf = (kind: string): MjmlElement | undefined => rules.findLast((rule) => rule.name === kind)
  const classes = (ownValue(tree, element, 'mj-class') ?? '').split(/\s+/).filter((one) => one !== '')
  const ofClasses = classes.map((one) =>
    said(rules.findLast((rule) => rule.name === 'mj-class' && ownValue(tree, rule, 'name') === one)),
  )
  return ofClasses.findLast((value) => value !== undefined) ?? said(lastOf(element.name)) ?? said(lastOf('mj-all'))
}
