import { useMemo } from 'react'
import type { Path } from '../../rules/rule.ts'
import { type CanvasFocus, type FocusState, nothingFocused, selectedCards } from './flow/focus.ts'
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

const nobody: ReadonlySet<string> = new Set()

/** How a card came to be activated: to be opened; by a click, that may only select it; by a click when it was selected. */
export type Activation = 'open' | 'click' | 'again'

/** What is pointed at, in the sentence and on the canvas alike, and what is selected. */
export function usePointing(
  onActivate: (id: string, field: string | undefined, how: Activation) => void,
  onStep: (id: string) => void,
): Pointing {
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
      selectNothing: () => store.set({ ...store.get(), selected: null, picked: nobody }),
      focus: {
        store,
        onActivate: (id, field, stay) => {
          const before = selectedCards(store.get())
          const again = before.length === 1 && before[0] === id
          store.set({ ...store.get(), current: id, selected: id, picked: nobody })
          onActivate(id, field, stay ? (again ? 'again' : 'click') : 'open')
        },
        onSelect: (id, how) => {
          const state = store.get()
          if (how === 'alone') {
            store.set({ ...state, current: id, selected: id, picked: nobody })
            onStep(id)
          } else store.set({ ...state, current: id, ...pick(state, id, how) })
        },
        onPoint: (id) => pointed.set(id !== null && kindOfId(id) === 'condition' ? pathOf(id) : null),
      },
    }
  }, [stores, onActivate, onStep])
}

/** The cards at the ends are no parts of the rule, and not selected with others. */
const ENDS = new Set(['start:', 'result:'])

/** What is selected when a card is selected with those that are. */
function pick(state: FocusState, id: string, how: 'extend' | 'toggle'): Pick<FocusState, 'selected' | 'picked'> {
  const picked = new Set(selectedCards(state).filter((one) => !ENDS.has(one)))
  if (ENDS.has(id)) return { selected: state.selected, picked }
  const out = how === 'extend' && picked.has(id) ? state.selected : id
  const isOut = picked.has(id) && out !== null && picked.delete(out)
  if (!isOut) picked.add(id)
  return { selected: picked.has(id) ? id : ([...picked].at(-1) ?? null), picked }
}
