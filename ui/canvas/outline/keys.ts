import type { Path } from '../../../rules/rule.ts'

/** A line of any outline; `path` names it, and the group around it by `parent`. */
export type TreeLine = {
  readonly kind: string
  readonly path: string
  readonly parent: string | null
  /** Of a group: whether what is in it is shown. */
  readonly open?: boolean
}

/** What a key of the tree pattern (WAI-ARIA) does. */
export type TreeStep<Line extends TreeLine> =
  | { readonly act: 'go'; readonly to: Line }
  | { readonly act: 'open' | 'close'; readonly path: Path }

/**
 * What the arrows, Home and End do on a line: up and down over all lines, right opens a group and then goes into it,
 * left closes it and then goes to the group around.
 * @returns undefined for other keys, and where the key leads nowhere
 */
export function treeStep<Line extends TreeLine>(
  lines: readonly Line[],
  at: number,
  key: string,
): TreeStep<Line> | undefined {
  const line = lines[at]
  if (!line) return undefined
  switch (key) {
    case 'ArrowDown':
      return go(lines[at + 1])
    case 'ArrowUp':
      return go(lines[at - 1])
    case 'Home':
      return go(lines[0])
    case 'End':
      return go(lines.at(-1))
    case 'ArrowRight':
      if (line.kind !== 'group') return undefined
      return line.open ? go(lines[at + 1]) : { act: 'open', path: line.path }
    case 'ArrowLeft':
      if (line.kind === 'group' && line.open) return { act: 'close', path: line.path }
      return go(lines.find(({ kind, path }) => kind === 'group' && path === line.parent))
    default:
      return undefined
  }
}

const go = <Line extends TreeLine>(to: Line | undefined): TreeStep<Line> | undefined => to && { act: 'go', to }

/**
 * The next line that has a word beginning with what was typed, from the line after this one on and round to it again;
 * a line that goes on matching while more is typed keeps the focus.
 * @param said what each line says
 * @returns its index; -1 when there is none
 */
export function findTyped(said: readonly string[], at: number, typed: string): number {
  const wanted = typed.toLocaleLowerCase()
  const from = [...typed].length > 1 ? at : at + 1
  for (let step = 0; step < said.length; step += 1) {
    const index = (from + step) % said.length
    const words = ` ${said[index]?.toLocaleLowerCase() ?? ''}`
    if (words.includes(` ${wanted}`)) return index
  }
  return -1
}
