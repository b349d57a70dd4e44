/** What the canvas draws: boxes with their place and lines between them, as a layout computed them. Pure data. */

/** Pixels at zoom 1; `x` and `y` are the upper left corner. */
export type PlacedNode<Kind extends string = string> = {
  readonly id: string
  readonly kind: Kind
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The place at it where something can be put. */
  readonly spot?: string
}

/**
 * How a line gets from the middle of its source's lower edge to the middle of its target's upper edge:
 * `straight` down; `spread` bends at once, then falls; `gather` falls, then bends just above its target.
 */
export type LineShape = 'straight' | 'spread' | 'gather'

export type PlacedLine = {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly shape: LineShape
  /** The place on it where something can be put. */
  readonly spot?: string
}

export type Placed<Node extends PlacedNode, Line extends PlacedLine> = {
  readonly nodes: readonly Node[]
  readonly lines: readonly Line[]
  /** The left border. The flow's middle line is x = 0, so that it stays where it is when something at the side grows. */
  readonly left: number
  readonly width: number
  readonly height: number
}
