import { useCallback, useState } from 'react'
import type { Path, Rule } from '../../rules/rule.ts'
import { foldToFit, groupsOf } from './layout/groups.ts'

/** A rule opens with at most so many cards; what is beyond is folded. */
const MOST_CARDS = 40

export type Folding = {
  readonly folded: ReadonlySet<Path>
  readonly fold: (path: Path) => void
  readonly unfold: (path: Path) => void
  /** Unfolds all that a node stands in. */
  readonly reveal: (path: Path) => void
  readonly foldAll: (rule: Rule) => void
  readonly unfoldAll: () => void
}

const innerGroups = (rule: Rule): Path[] => groupsOf(rule).filter((path) => path !== '')

/** Which groups are drawn as one card. How it looks is nobody's but the reader's: it is not kept. */
export function useFolding(rule: Rule): Folding {
  const [folded, setFolded] = useState<ReadonlySet<Path>>(() => new Set(foldToFit(rule, MOST_CARDS)))
  return {
    folded,
    fold: useCallback((path) => setFolded((paths) => new Set([...paths, path])), []),
    unfold: useCallback((path) => setFolded((paths) => new Set([...paths].filter((one) => one !== path))), []),
    reveal: useCallback(
      (path) => setFolded((paths) => new Set([...paths].filter((one) => path !== one && !path.startsWith(`${one}/`)))),
      [],
    ),
    foldAll: useCallback((all) => setFolded(new Set(innerGroups(all))), []),
    unfoldAll: useCallback(() => setFolded(new Set()), []),
  }
}
