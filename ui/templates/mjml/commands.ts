import { duplicated, inserted, moved, removed, replaced, wrapped } from './blockEdits.ts'
import { applyEdits, type TextEdit } from './edits.ts'
import { withAttribute, withContent } from './elementEdits.ts'
import type { MjmlTree } from './nodes.ts'
import type { Outcome, Place, Refusal } from './outcome.ts'
import { parseMjml } from './parse.ts'
import { type Path, pathAt } from './walk.ts'

/** Something done to a block. Each touches the characters of its own block and no others. */
export type MjmlCommand =
  /** Null takes the attribute out. */
  | { readonly kind: 'set_attribute'; readonly path: Path; readonly name: string; readonly value: string | null }
  /** What stands between the tags, as it is written. */
  | { readonly kind: 'set_content'; readonly path: Path; readonly content: string }
  | { readonly kind: 'insert'; readonly place: Place; readonly mjml: string }
  | { readonly kind: 'replace'; readonly path: Path; readonly mjml: string }
  | { readonly kind: 'move'; readonly path: Path; readonly place: Place }
  | { readonly kind: 'duplicate'; readonly path: Path }
  | { readonly kind: 'remove'; readonly path: Path }
  /** Puts the block into a new element. */
  | { readonly kind: 'wrap'; readonly path: Path; readonly name: string }

/** The edits that a command is, the source after them, and the block to select then. */
export type Applied = { readonly edits: readonly TextEdit[]; readonly source: string; readonly selected: Path }

/** What a command does to a source, or why it is not done. Nothing given is changed. */
export function tryCommand(tree: MjmlTree, command: MjmlCommand): Applied | { readonly refused: Refusal } {
  const outcome = outcomeOf(tree, command)
  if (typeof outcome === 'string') return { refused: outcome }
  const source = applyEdits(tree.source, outcome.edits)
  if (source === tree.source) return { refused: 'nothing' }
  const keepsPath = command.kind === 'set_attribute' || command.kind === 'set_content'
  return {
    edits: outcome.edits,
    source,
    selected: keepsPath ? command.path : pathAt(parseMjml(source), outcome.at),
  }
}

function outcomeOf(tree: MjmlTree, command: MjmlCommand): Outcome | Refusal {
  switch (command.kind) {
    case 'set_attribute':
      return withAttribute(tree, command.path, command.name, command.value)
    case 'set_content':
      return withContent(tree, command.path, command.content)
    case 'insert':
      return inserted(tree, command.place, command.mjml)
    case 'replace':
      return replaced(tree, command.path, command.mjml)
    case 'move':
      return moved(tree, command.path, command.place)
    case 'duplicate':
      return duplicated(tree, command.path)
    case 'remove':
      return removed(tree, command.path)
    case 'wrap':
      return wrapped(tree, command.path, command.name)
  }
}
