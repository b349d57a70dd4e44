/** A merge tag as it is written: its name, and what stands there when there is no such value. */
export type MergeCode = { readonly name: string; readonly fallback: string }

const CODE = /^\{\{-?\s*([A-Za-z_][\w.-]*)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}$/

/** Reads a piece of Liquid that is a merge tag and nothing more; undefined for any other Liquid. */
export function readMergeCode(code: string): MergeCode | undefined {
  const found = CODE.exec(code.trim())
  return found?.[1] === undefined ? undefined : { name: found[1], fallback: found[2] ?? found[3] ?? '' }
}

/** A merge tag as it is written. What would end the fallback early is written another way. */
export function writeMergeCode({ name, fallback }: MergeCode): string {
  const written = fallback.replaceAll('"', '”').replaceAll('{', '(').replaceAll('}', ')').replaceAll('<', '‹')
  return written === '' ? `{{ ${name} }}` : `{{ ${name} | default: "${written}" }}`
}
