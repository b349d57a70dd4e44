/** A place on the screen, in pixels of the window. */
export type SpotBox = { readonly spot: string; readonly x: number; readonly y: number }

/** From so far away a place catches what is dragged, in pixels. */
const REACH = 90

/** Where the places stand on the screen now, in reading order. */
export function spotBoxes(canvas: HTMLElement, possible: ReadonlySet<string>): SpotBox[] {
  return [...canvas.querySelectorAll<HTMLElement>('[data-spot]')].flatMap((element) => {
    const { spot } = element.dataset
    if (spot === undefined || !possible.has(spot)) return []
    const box = element.getBoundingClientRect()
    return [{ spot, x: box.left + box.width / 2, y: box.top + box.height / 2 }]
  })
}

/** The place nearest to a point, if one is near. */
export function nearestSpot(boxes: readonly SpotBox[], x: number, y: number): string | null {
  let nearest: string | null = null
  let least = REACH
  for (const box of boxes) {
    const distance = Math.hypot(box.x - x, box.y - y)
    if (distance >= least) continue
    least = distance
    nearest = box.spot
  }
  return nearest
}
