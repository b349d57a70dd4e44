import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { Path } from '../rule.ts'

type Findings = {
  readonly offsets: Map<Path, { value: number; name?: number }>
  readonly mistakes: { path: Path; offset: number; message: string }[]
}

/**
 * What a node of YAML says as JSON. Notes where each part stands, and what JSON can't hold or holds only once.
 *
 * @param path where the node is
 */
export function toJson(node: Node | null | undefined, path: Path, findings: Findings, name?: number): unknown {
  const offset = node?.range?.[0] ?? name ?? 0
  findings.offsets.set(path, { value: offset, ...(name === undefined ? {} : { name }) })
  if (isScalar(node)) return node.value
  if (isSeq<Node>(node)) return node.items.map((item, index) => toJson(item, `${path}/${index}`, findings))
  if (!isMap<Node, Node>(node)) return null
  const seen = new Set<string>()
  const members = node.items.flatMap(({ key, value }): [string, unknown][] => {
    const at = key?.range?.[0] ?? offset
    if (!isScalar(key)) {
      findings.mistakes.push({ path, offset: at, message: 'The name of a member has to be a single word.' })
      return []
    }
    const member = String(key.value)
    const memberPath = `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const twice = seen.has(member)
    seen.add(member)
    // of the object’s own kind, not of its members
    if (twice || member === '__proto__') {
      const message = twice ? `“${member.slice(0, 60)}” stands here twice.` : '“__proto__” is not allowed as a name.'
      findings.mistakes.push({ path: memberPath, offset: at, message })
      return []
    }
    return [[member, toJson(value, memberPath, findings, at)]]
  })
  return Object.fromEntries(members)
}
