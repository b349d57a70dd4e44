import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import type { Placed, PlacedLine, PlacedNode } from './placed.ts'

const DURATION = 150

/** Out quickly, in softly. */
const eased = (t: number): number => 1 - (1 - t) ** 3

/** The nodes of a layout, so far on their way from where those of the same id stood before; t in 0…1. */
function between<Node extends PlacedNode>(from: readonly Node[], to: readonly Node[], t: number): readonly Node[] {
  if (t >= 1) return to
  const before = new Map(from.map((node) => [node.id, node]))
  return to.map((node) => {
    const old = before.get(node.id)
    if (!old || (old.x === node.x && old.y === node.y)) return node
    return { ...node, x: old.x + (node.x - old.x) * eased(t), y: old.y + (node.y - old.y) * eased(t) }
  })
}

/**
 * A layout on its way from the one before: cards that were there move to their new place, new ones appear in theirs.
 * Without movement for those who asked their system for none.
 */
export function useMovedLayout<Node extends PlacedNode, Line extends PlacedLine>(
  placed: Placed<Node, Line>,
): readonly Node[] {
  const still = useReducedMotion()
  const [stored, setMotion] = useState({ from: placed.nodes, to: placed.nodes, t: 1 })
  let motion = stored
  if (stored.to !== placed.nodes) {
    // Taken up while drawing: cards and lines of two different layouts must never be drawn together.
    motion = { from: between(stored.from, stored.to, stored.t), to: placed.nodes, t: still ? 1 : 0 }
    setMotion(motion)
  }
  const { from, to, t } = motion

  const moving = t < 1
  useEffect(() => {
    if (!moving) return
    const start = performance.now()
    let frame = requestAnimationFrame(function step(time) {
      const passed = Math.min(1, Math.max(0, (time - start) / DURATION))
      setMotion({ from, to, t: passed })
      if (passed < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [from, to, moving])

  return useMemo(() => between(from, to, t), [from, to, t])
}
