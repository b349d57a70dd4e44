/** A letter on average, where nothing can be measured. */
const LETTER = 6.1

const measured = new Map<string, number>()
let context: CanvasRenderingContext2D | null | undefined

/**
 * The width of a text on a card, in pixels at zoom 1.
 * @param font as for a canvas: `13px "Inter Variable"`
 */
export function textWidth(text: string, font: string): number {
  if (context === undefined) {
    context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')
  }
  if (!context) return text.length * LETTER
  const key = `${font} ${text}`
  const known = measured.get(key)
  if (known !== undefined) return known
  context.font = font
  const { width } = context.measureText(text)
  measured.set(key, width)
  return width
}

/** Forgets all widths: a font has come that was not there when they were taken. */
export const forgetWidths = (): void => measured.clear()
