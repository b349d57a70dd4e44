import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { Placed, PlacedLine, PlacedNode } from './placed.ts'

const DURATION = 150

/** Out quickly, in softly. */
const eased = (t: number): number => 1 - (1 - t) ** 3

/**
 * A layout on its way from the one before: cards that were there move to their new place, new ones appear in theirs.
 * Without movement for those who asked their system for none.
 */
export function useMovedLayout<Node extends PlacedNode, Line extends PlacedLine>(
  placed: Placed<Node, Line>,
): readonly Node[] {
  const still = useReducedMotion()
  const [shown, setShown] = useState(placed.nodes)
  const current = useRef(placed.nodes)

  useEffect(() => {
    const before = new Map(current.current.map((node) => [node.id, node]))
    const show = (nodes: readonly Node[]): void => {
      current.current = nodes
      setShown(nodes)
    }
    const moves = placed.nodes.some((node) => {
      const old = before.get(node.id)
      return old !== undefined && (old.x !== node.x || old.y !== node.y)
    })
    if (still || !moves) {
      show(placed.nodes)
      return
    }
    const start = performance.now()
    let frame = requestAnimationFrame(function step(time) {
      const t = Math.min(1, Math.max(0, (time - start) / DURATION))
      if (t >= 1) {
        show(placed.nodes)
        return
      }
      show(
        placed.nodes.map((node) => {
          const old = before.get(node.id)
          if (!old) return node
          return { ...node, x: old.x + (node.x - old.x) * eased(t), y: old.y + (node.y - old.y) * eased(t) }
        }),
      )
      frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [placed, still])

  return shown
}
