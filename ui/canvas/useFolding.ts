import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { ruleAt } from '../../rules/commands.ts'
import { pathsOf } from '../../rules/edits/tree.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { kindOfId, pathOf } from './layout/block.ts'
import { foldToFit, groupsOf } from './layout/groups.ts'

/** A rule opens with at most so many cards; what is beyond is folded. */
const MOST_CARDS = 40

export type Folding = {
  readonly folded: ReadonlySet<Path>
  readonly fold: (path: Path) => void
  readonly unfold: (path: Path) => void
  /** Unfolds all that a node stands in. */
  readonly reveal: (path: Path) => void
  /** Unfolds what a node stands in, but not the node. */
  readonly open: (path: Path) => void
  readonly foldAll: (rule: Rule) => void
  readonly unfoldAll: () => void
}

const innerGroups = (rule: Rule): Path[] => groupsOf(rule).filter((path) => path !== '')

/**
 * Which groups are drawn as one card. How it looks is nobody's but the reader's: it is not kept.
 * @param canvas where the cards are: the focus follows from a group to what takes its place
 */
export function useFolding(rule: Rule, canvas: RefObject<HTMLElement | null>): Folding {
  const [state, setState] = useState<{ rule: Rule; folded: ReadonlySet<Path> }>(() => ({
    rule,
    folded: new Set(foldToFit(rule, MOST_CARDS)),
  }))
  // Taken up while drawing: an edit moves groups to other paths, and what was folded stays so.
  const folded = state.rule === rule ? state.folded : carriedOver(state.folded, state.rule, rule)
  if (state.rule !== rule) setState({ rule, folded })
  const setFolded = useCallback(
    (next: (paths: ReadonlySet<Path>) => ReadonlySet<Path>) =>
      setState((before) => ({ ...before, folded: next(before.folded) })),
    [],
  )
  const toFocus = useRef<Path | null>(null)

  useEffect(() => {
    const path = toFocus.current
    if (path === null) return
    toFocus.current = null
    requestAnimationFrame(() => firstCardOf(canvas.current, path)?.focus({ preventScroll: true }))
  })

  const change = useCallback(
    (path: Path, next: (paths: ReadonlySet<Path>) => Set<Path>) => {
      toFocus.current = path
      setFolded(next)
    },
    [setFolded],
  )
  return {
    folded,
    fold: useCallback((path) => change(path, (paths) => new Set([...paths, path])), [change]),
    unfold: useCallback((path) => change(path, (paths) => new Set([...paths].filter((one) => one !== path))), [change]),
    reveal: useCallback(
      (path) => setFolded((paths) => new Set([...paths].filter((one) => path !== one && !path.startsWith(`${one}/`)))),
      [setFolded],
    ),
    open: useCallback(
      (path) => setFolded((paths) => new Set([...paths].filter((one) => !path.startsWith(`${one}/`)))),
      [setFolded],
    ),
    foldAll: useCallback((all) => setFolded(() => new Set(innerGroups(all))), [setFolded]),
    unfoldAll: useCallback(() => setFolded(() => new Set()), [setFolded]),
  }
}

/** The folded groups where they are after an edit; one that is no longer found is open. */
function carriedOver(folded: ReadonlySet<Path>, before: Rule, after: Rule): ReadonlySet<Path> {
  if (folded.size === 0) return folded
  const kept = [...folded].flatMap((path) => {
    const node = ruleAt(before, path)
    if (node === undefined) return []
    const found = pathsOf(after, new Set([node]))
    return found.includes(path) ? [path] : found.slice(0, 1)
  })
  return new Set(kept)
}

/** The card of a node, or the first one in it. */
function firstCardOf(canvas: HTMLElement | null, path: Path): HTMLElement | undefined {
  return [...(canvas?.querySelectorAll<HTMLElement>('[data-card]') ?? [])].find((card) => {
    const id = card.dataset.card ?? ''
    const at = pathOf(id)
    return !['start', 'result'].includes(kindOfId(id)) && (at === path || at.startsWith(`${path}/`))
  })
}
