import { useMemo } from 'react'
import type { Path } from '../../rules/rule.ts'
import { type CanvasFocus, type FocusState, nothingFocused } from './flow/focus.ts'
import { createStore, type Store } from './flow/store.ts'
import { idOf, kindOfId, pathOf } from './layout/block.ts'

export type Pointing = {
  readonly focus: CanvasFocus
  /** The condition that is pointed at. */
  readonly pointed: Store<Path | null>
  /** A phrase was pointed at: lights its card. */
  readonly pointAt: (path: Path | null) => void
  readonly selectNothing: () => void
}

/** What is pointed at, in the sentence and on the canvas alike, and what is selected. */
export function usePointing(onActivate: CanvasFocus['onActivate']): Pointing {
  const stores = useMemo(
    () => ({ store: createStore<FocusState>(nothingFocused), pointed: createStore<Path | null>(null) }),
    [],
  )
  return useMemo(() => {
    const { store, pointed } = stores
    return {
      pointed,
      pointAt: (path) => {
        pointed.set(path)
        store.set({ ...store.get(), hinted: new Set(path === null ? [] : [idOf('condition', path)]) })
      },
      selectNothing: () => store.set({ ...store.get(), selected: null }),
      focus: {
        store,
        onActivate: (id, field) => {
          store.set({ ...store.get(), current: id, selected: id })
          onActivate(id, field)
        },
        onPoint: (id) => pointed.set(id !== null && kindOfId(id) === 'condition' ? pathOf(id) : null),
      },
    }
  }, [stores, onActivate])
}
