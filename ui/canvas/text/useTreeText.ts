import { type RefObject, useCallback, useReducer } from 'react'
import type { TextMistake } from '../../../rules/yaml.ts'

/** A text that was typed, and the tree that stands for it: what it says, or said last while it could be read. */
export type Typed<Read> = {
  readonly text: string
  readonly tree: string
  readonly read: Read | null
  readonly mistakes: readonly TextMistake[]
}

export type TreeText<Read> = {
  /** What is to stand in the editor: as it was typed, for as long as the tree is what it said. */
  readonly text: string
  /** Where the parts of the tree stand in it; null while it can't be read. */
  readonly read: Read | null
  /** What is wrong with it; the tree is what it was before. */
  readonly mistakes: readonly TextMistake[]
  /** Takes what was typed. `burst` tells strokes apart that are undone one by one. */
  readonly type: (text: string, burst: number) => void
}

/** How a tree is written and read. The same object for the life of a text. */
export type TextForm<Tree, Read> = {
  readonly write: (tree: Tree) => string
  readonly read: (text: string) => Read | { mistakes: TextMistake[] }
  readonly treeOf: (read: Read) => Tree
}

const keyOf = (tree: unknown): string => JSON.stringify(tree)

/**
 * The tree of a draft as YAML, and back: what is typed changes the tree as soon as it can be read, as one command that is
 * undone like any other; until then it is kept and the tree stays. A tree that was changed elsewhere is written anew.
 *
 * @param replace puts another tree in its place; says why where it can't, and undefined where it could
 * @param typed keeps what was typed while another view is looked at
 */
export function useTreeText<Tree, Read extends object>(
  tree: Tree,
  form: TextForm<Tree, Read>,
  replace: (tree: Tree, group: string) => string | undefined,
  typed: RefObject<Typed<Read> | null>,
): TreeText<Read> {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0)
  const key = keyOf(tree)
  if (typed.current?.tree !== key) typed.current = written(tree, key, form)

  const type = useCallback(
    (next: string, burst: number): void => {
      const read = form.read(next)
      if ('mistakes' in read)
        typed.current = { text: next, tree: key, read: null, mistakes: read.mistakes as TextMistake[] }
      else {
        const refused = replace(form.treeOf(read), `text ${burst}`)
        if (refused === undefined) typed.current = { text: next, tree: keyOf(form.treeOf(read)), read, mistakes: [] }
        else {
          const mistake = { path: '', line: 1, column: 1, message: refused }
          typed.current = { text: next, tree: key, read: null, mistakes: [mistake] }
        }
      }
      drawAgain()
    },
    [key, form, replace, typed],
  )
  return { ...typed.current, type }
}

function written<Tree, Read extends object>(tree: Tree, key: string, form: TextForm<Tree, Read>): Typed<Read> {
  const text = form.write(tree)
  const read = form.read(text)
  // a draft may hold what the server will refuse: then it says so there
  return 'mistakes' in read
    ? { text, tree: key, read: null, mistakes: read.mistakes as TextMistake[] }
    : { text, tree: key, read, mistakes: [] }
}
