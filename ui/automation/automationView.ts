import { createContext, useContext } from 'react'
import type { WordOptions } from '../../rules/words.ts'
import { type Store, useStoreValue } from '../canvas/flow/store.ts'
import type { LineRef } from './flow/automationFlow.ts'

/** Who is and was at a step, where that is known. */
export type StepNumbers = {
  readonly inside?: number
  readonly passed?: number
  readonly failed?: number
  readonly held?: number
  /** When the first of those who wait goes on by itself. */
  readonly next?: string | null
  /** How many went each way. */
  readonly ways?: Readonly<Record<string, number>>
}

/** The numbers on an automation's canvas: of a version that runs, or of a replay of what is drawn; none at first. */
export type Numbers = {
  readonly kind: 'none' | 'live' | 'replay'
  readonly entered?: number
  readonly steps: ReadonlyMap<string, StepNumbers>
  /** What came of those who are out, by why. */
  readonly ends: readonly { readonly label: string; readonly count: number }[]
}

export const noNumbers: Numbers = { kind: 'none', steps: new Map(), ends: [] }

/** What is wrong or looks wrong at a card. */
export type Remark = { readonly level: 'error' | 'warning'; readonly message: string }

/** Where one customer came by: steps by their id, ways as `step/way`. */
export type CustomerWay = {
  readonly steps: ReadonlySet<string>
  readonly ways: ReadonlySet<string>
  readonly ended: boolean
}

/** What became of a step from one version to another. */
export type Difference = 'added' | 'changed' | 'moved' | 'removed'

/** What cards and lines of an automation read beside their own data. The same object for the life of a canvas. */
export type AutomationView = {
  readonly numbers: Store<Numbers>
  /** By card. */
  readonly remarks: Store<ReadonlyMap<string, readonly Remark[]>>
  readonly way: Store<CustomerWay | null>
  /** By card. */
  readonly differences: Store<ReadonlyMap<string, Difference>>
  readonly name: string
  readonly words: WordOptions
  /** Whether it is only looked at. */
  readonly isReadOnly: boolean
}

export const AutomationViewContext = createContext<AutomationView | null>(null)

/** For cards and lines: only on the canvas of an automation. */
export function useAutomationView(): AutomationView {
  const view = useContext(AutomationViewContext)
  if (!view) throw new Error('This is drawn on the canvas of an automation')
  return view
}

/** The numbers of one step; the same object while they are the same. */
export const useStepNumbers = (step: string): StepNumbers | undefined =>
  useStoreValue(useAutomationView().numbers, ({ steps }) => steps.get(step))

/** How many are on a line, where that is known. */
export const useLineCount = ({ step, way }: LineRef): number | undefined =>
  useStoreValue(useAutomationView().numbers, ({ entered, steps }) => {
    if (step === null) return entered
    const numbers = steps.get(step)
    return way === undefined ? numbers?.passed : numbers?.ways?.[way]
  })

/** The worst thing that is to be said of a card. */
export const useRemark = (card: string): Remark | undefined =>
  useStoreValue(useAutomationView().remarks, (remarks) => {
    const all = remarks.get(card) ?? []
    return all.find(({ level }) => level === 'error') ?? all[0]
  })

export const useDifference = (card: string): Difference | undefined =>
  useStoreValue(useAutomationView().differences, (all) => all.get(card))

/** Whether the customer who is followed came by. */
export const useTraced = ({ step, way }: LineRef): boolean =>
  useStoreValue(useAutomationView().way, (traced) => {
    if (traced === null) return false
    if (step === null) return true
    return way === undefined ? traced.steps.has(step) : traced.ways.has(`${step}/${way}`)
  })
