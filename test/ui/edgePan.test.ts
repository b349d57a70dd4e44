import { describe, expect, test } from '@jest/globals'
import { edgePan, movedWithin } from '../../ui/canvas/flow/edgePan.ts'

const canvas = { left: 200, top: 50, right: 1200, bottom: 850 }

describe('what is dragged moves the canvas', () => {
  test('not at all away from its edges', () => {
    expect(edgePan(canvas, 700, 450)).toEqual({ x: 0, y: 0 })
    expect(edgePan(canvas, 256, 794)).toEqual({ x: 0, y: 0 })
  })

  test('so that what is beyond the edge comes in, and no faster outside than at the edge', () => {
    expect(edgePan(canvas, 700, 850)).toEqual({ x: 0, y: -16 })
    expect(edgePan(canvas, 700, 2_000)).toEqual({ x: 0, y: -16 })
    expect(edgePan(canvas, 200, 50)).toEqual({ x: 16, y: 16 })
    expect(edgePan(canvas, 1_172, 450)).toEqual({ x: -8, y: 0 })
  })

  test('not where there is no middle', () => {
    expect(edgePan({ ...canvas, bottom: 200 }, 700, 200)).toEqual({ x: 0, y: 0 })
  })
})

describe('the canvas is moved', () => {
  const extent = { from: 0, to: 2_000 }

  test('as far as something is on it, and a little beyond', () => {
    expect(movedWithin(0, -16, extent, 800)).toBe(-16)
    expect(movedWithin(-1_310, -16, extent, 800)).toBe(-1_320)
    expect(movedWithin(-1_320, -16, extent, 800)).toBe(-1_320)
    expect(movedWithin(110, 16, extent, 800)).toBe(120)
  })

  test('never back, where somebody had moved it further by hand', () => {
    expect(movedWithin(-1_900, -16, extent, 800)).toBe(-1_900)
    expect(movedWithin(500, 16, extent, 800)).toBe(500)
  })
})
