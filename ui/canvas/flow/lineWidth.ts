/** The thinnest and the thickest line, in pixels at zoom 1. */
const THINNEST = 1.5
const THICKEST = 9

/**
 * The thickness of a line that `count` of `total` are on: logarithmic, so that 10, 100 and 1,000 can be told apart on
 * the same canvas. Nobody is a hairline, everybody the thickest.
 */
export function lineWidth(count: number, total: number): number {
  if (count <= 0 || total <= 0) return 1
  const share = Math.log1p(Math.min(count, total)) / Math.log1p(total)
  return THINNEST + (THICKEST - THINNEST) * share ** 2
}
