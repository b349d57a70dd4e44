import { useMemo } from 'react'
import { type CanvasFocus, type FocusState, nothingFocused, selectedCards } from './flow/focus.ts'
import { createStore, type Store } from './flow/store.ts'
import { idOf, kindOfId, pathOf } from './layout/block.ts'

export type Pointing = {
  readonly focus: CanvasFocus
  /** What is pointed at: the path of a condition, the card of a step. */
  readonly pointed: Store<string | null>
  /** A phrase was pointed at: lights its card. */
  readonly pointAt: (at: string | null) => void
  readonly selectNothing: () => void
}

const nobody: ReadonlySet<string> = new Set()

/** How a card came to be activated: to be opened; by a click, that may only select it; by a click when it was selected. */
export type Activation = 'open' | 'click' | 'again'

/** What is pointed at, in the sentence and on the canvas alike, and what is selected. */
export function usePointing(
  onActivate: (id: string, field: string | undefined, how: Activation) => void,
  onStep: (id: string) => void,
  { cardFor, pointedBy, isPart }: Pointables = RULE,
): Pointing {
  const stores = useMemo(
    () => ({ store: createStore<FocusState>(nothingFocused), pointed: createStore<string | null>(null) }),
    [],
  )
  return useMemo(() => {
    const { store, pointed } = stores
    return {
      pointed,
      pointAt: (at) => {
        pointed.set(at)
        store.set({ ...store.get(), hinted: new Set(at === null ? [] : [cardFor(at)]) })
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
          } else store.set({ ...state, current: id, ...pick(state, id, how, isPart) })
        },
        onPoint: (id) => pointed.set(id === null ? null : pointedBy(id)),
      },
    }
  }, [stores, onActivate, onStep, cardFor, pointedBy, isPart])
}

/** How cards and what is pointed at go together. The same object for the life of a canvas. */
export type Pointables = {
  readonly cardFor: (pointed: string) => string
  readonly pointedBy: (card: string) => string | null
  /** Whether a card can be selected with others: the ends of a flow can't. */
  readonly isPart: (card: string) => boolean
}

const ENDS = new Set(['start:', 'result:'])
const RULE: Pointables = {
  cardFor: (path) => idOf('condition', path),
  pointedBy: (card) => (kindOfId(card) === 'condition' ? pathOf(card) : null),
  isPart: (card) => !ENDS.has(card),
}

/** What is selected when a card is selected with those that are. */
function pick(
  state: FocusState,
  id: string,
  how: 'extend' | 'toggle',
  isPart: Pointables['isPart'],
): Pick<FocusState, 'selected' | 'picked'> {
  const picked = new Set(selectedCards(state).filter(isPart))
  if (!isPart(id)) return { selected: state.selected, picked }
  const out = how === 'extend' && picked.has(id) ? state.selected : id
  const isOut = picked.has(id) && out !== null && picked.delete(out)
  if (!isOut) picked.add(id)
  return { selected: picked.has(id) ? id : ([...picked].at(-1) ?? null), picked }
}
