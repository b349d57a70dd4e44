/** What a command has made of a tree, and the command that makes it what it was. */
type Applied<Tree, Command> = { readonly tree: Tree; readonly undo: Command }

/** How a language of commands is applied; null when the command is refused. */
export type Apply<Tree, Command> = (tree: Tree, command: Command) => Applied<Tree, Command> | null

type Step<Command, Ref> = {
  readonly undo: Command
  readonly redo: Command
  readonly label: string
  readonly group: string
  /** What was selected when it was done, to be selected again when it is undone. */
  readonly from: readonly Ref[]
}

/** A tree that is being changed, with what was done and undone. */
export type Draft<Tree, Command, Ref> = {
  /** As it is stored. */
  readonly saved: Tree
  readonly tree: Tree
  readonly past: readonly Step<Command, Ref>[]
  readonly future: readonly Step<Command, Ref>[]
}

/**
 * `label` names the step for undo; changes of the same `group` one after another are undone as one. A command that is
 * refused changes nothing: whoever wants to say why tries it before.
 */
export type Change<Command, Ref> = {
  readonly command: Command
  readonly label: string
  readonly group?: string | undefined
  readonly from?: readonly Ref[] | undefined
}

export type DraftAction<Tree, Command, Ref> =
  | ({ readonly type: 'change' } & Change<Command, Ref>)
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** The tree was stored, or another one was stored by somebody else while nothing was changed here. */
  | { readonly type: 'saved'; readonly tree: Tree }

/** More steps back than anybody remembers. */
const MOST_STEPS = 200

/** @param kept the tree that somebody has made of it before, as the server keeps it */
export const draftOf = <Tree, Command, Ref>(saved: Tree, kept: Tree = saved): Draft<Tree, Command, Ref> => ({
  saved,
  tree: kept,
  past: [],
  future: [],
})

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Whether a draft says something else than what is stored. */
export const isChanged = ({ tree, saved }: Pick<Draft<unknown, unknown, unknown>, 'tree' | 'saved'>): boolean =>
  !isSame(tree, saved)

/**
 * What an action makes of a draft, for trees with their own language of commands.
 * @param joins whether two changes of the same group, by their undoing, are undone as one
 */
export function draftReducer<Tree, Command, Ref>(
  apply: Apply<Tree, Command>,
  joins: (undo: Command, next: Command) => boolean,
): (draft: Draft<Tree, Command, Ref>, action: DraftAction<Tree, Command, Ref>) => Draft<Tree, Command, Ref> {
  return (draft, action) => {
    switch (action.type) {
      case 'change':
        return change(draft, action)
      case 'undo': {
        const step = draft.past.at(-1)
        const undone = step && apply(draft.tree, step.undo)
        if (!step || !undone) return draft
        return { ...draft, tree: undone.tree, past: draft.past.slice(0, -1), future: [step, ...draft.future] }
      }
      case 'redo': {
        const [step, ...future] = draft.future
        const redone = step && apply(draft.tree, step.redo)
        if (!step || !redone) return draft
        return { ...draft, tree: redone.tree, past: [...draft.past, step], future }
      }
      case 'saved': {
        const isOwn = isSame(draft.tree, action.tree)
        if (isChanged(draft) && !isOwn) return { ...draft, saved: action.tree }
        return { ...draftOf(action.tree), past: isOwn ? draft.past : [] }
      }
    }
  }

  function change(
    draft: Draft<Tree, Command, Ref>,
    { command, label, group = '', from = [] }: Change<Command, Ref>,
  ): Draft<Tree, Command, Ref> {
    const applied = apply(draft.tree, command)
    if (!applied || isSame(applied.tree, draft.tree)) return draft
    const last = draft.past.at(-1)
    const together = group !== '' && last?.group === group && joins(last.undo, applied.undo)
    const past = together
      ? [...draft.past.slice(0, -1), { ...last, redo: command }]
      : [...draft.past, { undo: applied.undo, redo: command, label, group, from }].slice(-MOST_STEPS)
    return { ...draft, tree: applied.tree, past, future: [] }
  }
}
