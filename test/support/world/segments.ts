import type { NaiveSegment } from '../naive/things.ts'

/** A segment of a world, with its own id in the database. */
export type WorldSegment = NaiveSegment & { readonly id: number; byHand: Map<string, boolean> }
