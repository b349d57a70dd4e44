/** The name that somebody who wrote another most likely meant: at most a third of it wrong; null when none is that near. */
export function nearestName(written: string, names: readonly string[]): string | null {
  // a long text is no slip of the pen, and comparing it would cost
  if (written.length > 64) return null
  let best: { name: string; edits: number } | null = null
  for (const name of names) {
    const edits = editsBetween(written.toLowerCase(), name)
    if (edits <= Math.ceil(name.length / 3) && (best === null || edits < best.edits)) best = { name, edits }
  }
  return best?.name ?? null
}

/** Letters to put in, take out or change to make one text the other. */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const change = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(change, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[other.length] ?? 0
}
