import type { MjmlNode } from './nodes.ts'
import { isWhole, textOf } from './nodes.ts'
import { parseMjml } from './parse.ts'

const ENDS: Readonly<Record<string, string>> = { comment: '-->', cdata: ']]>', declaration: '>' }

/**
 * Whether MJML ends where it ends: every element in it is closed, nothing in it closes what is around it, and no tag or
 * comment goes on behind it. So it can stand anywhere without a change to what stands beside it.
 */
export function isBalanced(mjml: string): boolean {
  const isClosed = (node: MjmlNode): boolean => {
    if (node.kind === 'element') return isWhole(node) && node.children.every(isClosed)
    if (node.kind === 'stray') return false
    if (node.kind === 'text') return !/<[/!?A-Za-z]|\{[{%]/.test(textOf(mjml, node))
    const end = ENDS[node.kind]
    return end === undefined || (textOf(mjml, node).endsWith(end) && mjml.length > 4)
  }
  return parseMjml(mjml).nodes.every(isClosed) && !/<$/.test(mjml)
}
