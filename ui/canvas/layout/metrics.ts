import { BEND } from '../flow/lineGeometry.ts'

/** Sizes of everything on the canvas, in pixels at zoom 1. */
export type Metrics = {
  readonly card: { readonly width: number; readonly height: number; readonly line: number }
  /** The first and the last card. */
  readonly end: { readonly width: number; readonly resultWidth: number; readonly height: number }
  /** “any of” and where ways come together. */
  readonly fork: { readonly width: number; readonly height: number }
  readonly join: { readonly width: number; readonly height: number }
  /** Between cards that stand one under another: room for a line with its number. */
  readonly gap: number
  /** Between ways that stand side by side. */
  readonly aisle: number
  /** Room right of a card for “606 out”. */
  readonly out: number
  /** Between the dashed frame of an inverted group and what is in it. */
  readonly padding: number
  /** Between fork and ways, and ways and join: the bend of the lines and a number. */
  readonly fan: number
}

/** For rules that fit the window with room to breathe. */
export const ROOMY: Metrics = {
  card: { width: 276, height: 82, line: 25 },
  end: { width: 244, resultWidth: 320, height: 52 },
  fork: { width: 84, height: 26 },
  join: { width: 256, height: 26 },
  gap: 42,
  aisle: 26,
  out: 92,
  padding: 22,
  fan: BEND + 38,
}

/** For long rules: less air, the same text. */
export const COMPACT: Metrics = {
  ...ROOMY,
  card: { width: 260, height: 62, line: 23 },
  end: { width: 236, resultWidth: 300, height: 40 },
  gap: 28,
  aisle: 14,
  out: 76,
  fan: BEND + 32,
}
