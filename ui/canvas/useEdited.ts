import { useCallback, useState } from 'react'
import { kindOfId, pathOf } from './layout/block.ts'
import type { Edited } from './panel/EditCondition.tsx'
import type { Folding } from './useFolding.ts'
import type { Activation } from './usePointing.ts'

/** What is being edited in the panel, and what clicks and keys on cards open. */
export function useEdited({ fold, unfold }: Pick<Folding, 'fold' | 'unfold'>, onLook: (card: string) => void) {
  const [edited, setEdited] = useState<Edited | null>(null)
  const edit = useCallback(
    (path: string, field?: string, stay = false) => setEdited({ path, field, stay, time: performance.now() }),
    [],
  )
  const activate = useCallback(
    (id: string, field: string | undefined, how: Activation) => {
      const kind = kindOfId(id)
      const path = pathOf(id)
      onLook(id)
      if (kind === 'condition') return edit(path, field, how !== 'open')
      setEdited(null)
      // A first click selects a group, so that something can be done with it.
      if (how === 'click') return
      if (kind === 'folded') unfold(path)
      if (kind === 'fork' || kind === 'enter') fold(path)
    },
    [edit, fold, unfold, onLook],
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
