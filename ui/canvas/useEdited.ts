import { useCallback, useState } from 'react'
import type { Store } from './flow/store.ts'
import { kindOfId, pathOf } from './layout/block.ts'
import type { CountRef } from './layout/ruleFlow.ts'
import type { Edited } from './panel/EditCondition.tsx'
import type { Folding } from './useFolding.ts'
import type { Activation } from './usePointing.ts'

/**
 * What is being edited in the panel, and what clicks and keys on cards open.
 * @param looked the number whose customers are shown
 */
export function useEdited({ fold, unfold }: Pick<Folding, 'fold' | 'unfold'>, looked: Store<CountRef | null>) {
  const [edited, setEdited] = useState<Edited | null>(null)
  const edit = useCallback(
    (path: string, field?: string, stay = false) => setEdited({ path, field, stay, time: performance.now() }),
    [],
  )
  const activate = useCallback(
    (id: string, field: string | undefined, how: Activation) => {
      const kind = kindOfId(id)
      const path = pathOf(id)
      looked.set(countOfEnd(id))
      if (kind === 'condition') return edit(path, field, how !== 'open')
      setEdited(null)
      // A first click selects a group, so that something can be done with it.
      if (how === 'click') return
      if (kind === 'folded') unfold(path)
      if (kind === 'fork' || kind === 'enter') fold(path)
    },
    [edit, fold, unfold, looked],
  )
  /** Another card was selected: what is open follows it. */
  const follow = useCallback((id: string) => {
    setEdited((open) => {
      if (open === null || kindOfId(id) !== 'condition') return null
      return { path: pathOf(id), field: undefined, stay: true, time: performance.now() }
    })
  }, [])
  const close = useCallback(() => setEdited(null), [])
  return { edited, edit, activate, follow, close }
}

/** The number that stands on a card at the ends; null for other cards, whose numbers are on their lines. */
function countOfEnd(card: string): CountRef | null {
  if (card === 'start:') return { path: '', of: 'in' }
  return card === 'result:' ? { path: '', of: 'yes' } : null
}
