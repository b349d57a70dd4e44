import { createContext, useContext } from 'react'
import { createStore, type Store } from './store.ts'

/** Cards on their way to another place: where they can go, and where they would go now. */
export type Moving = {
  readonly by: 'pointer' | 'keys'
  readonly possible: ReadonlySet<string>
  readonly target: string | null
  /** What is being moved, in words. */
  readonly label: string
}

/** The places of a canvas at which something can be put, each with a “+”. */
export type CanvasSpots = {
  /** Null while nothing is being moved. */
  readonly moving: Store<Moving | null>
  /** Something is to be put at a place. */
  readonly onAdd: (spot: string) => void
  /** Where a card, or those that are selected with it, can be moved to; undefined for one that stays where it is. */
  readonly onLift: (card: string) => Pick<Moving, 'possible' | 'label'> | undefined
  /** What is moved by keys would go to a place. */
  readonly onAim: (spot: string) => void
  /** What is being moved is let go at a place. */
  readonly onDrop: (spot: string) => void
}

export const createMoving = (): CanvasSpots['moving'] => createStore<Moving | null>(null)

/** Null on a canvas that is only looked at. */
export const CanvasSpotsContext = createContext<CanvasSpots | null>(null)

export const useCanvasSpots = (): CanvasSpots | null => useContext(CanvasSpotsContext)
