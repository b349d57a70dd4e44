import type { Placed, PlacedNode } from '../../canvas/flow/placed.ts'
import type { CountedLine } from '../../canvas/layout/block.ts'

/**
 * What stands on an automation's canvas: who enters, who leaves early (`unless`) and what it is for (`goal`), its steps,
 * the heads of their ways, where these join again, and the end. `folded` is a step whose ways are not drawn.
 */
export type AutomationNodeKind = 'when' | 'unless' | 'goal' | 'step' | 'folded' | 'way' | 'join' | 'end'

export type AutomationNode = PlacedNode<AutomationNodeKind> & {
  /** The step that is shown, or that is begun here; null for what is of the whole. */
  readonly step: string | null
  readonly way?: string
}

/** Who is on a line: those who come out of a step, or into one of its ways. With `step` null all who enter. */
export type LineRef = { readonly step: string | null; readonly way?: string }

export type AutomationFlow = Placed<AutomationNode, CountedLine<LineRef>>

/** The id of the card that stands for a step, open or folded. */
export const stepCard = (id: string): string => `step:${id}`
export const wayCard = (step: string, way: string): string => `way:${step}/${way}`

/** What a card stands for. */
export type CardRef =
  | { readonly kind: 'when' | 'unless' | 'goal' | 'end' }
  | { readonly kind: 'step' | 'join'; readonly step: string }
  | { readonly kind: 'way'; readonly step: string; readonly way: string }

/** What the card with an id stands for; ids of steps have no colon and no slash in them. */
export function cardRef(id: string): CardRef | undefined {
  const at = id.indexOf(':')
  const [kind, rest] = [id.slice(0, at), id.slice(at + 1)]
  if (kind === 'when' || kind === 'unless' || kind === 'goal' || kind === 'end') return { kind }
  if (kind === 'step' || kind === 'join') return { kind, step: rest }
  const [step, way] = rest.split('/')
  return kind === 'way' && step !== undefined && way !== undefined ? { kind, step, way } : undefined
}
