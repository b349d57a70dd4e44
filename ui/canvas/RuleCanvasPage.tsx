/** Placeholder until the canvas moves in. */
export default function RuleCanvasPage(_: { segmentId: string }) {
  return null
}
