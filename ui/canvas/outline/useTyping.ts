import { useCallback, useRef } from 'react'

/** After this long without a letter, typing begins anew. */
const PAUSE = 700

/**
 * Gathers letters that are typed one soon after the other.
 * @returns a function that takes a letter and gives all of them; null asks without adding one
 */
export function useTyping(): (letter: string | null) => string {
  const typed = useRef({ text: '', at: 0 })
  return useCallback((letter) => {
    const now = performance.now()
    const before = now - typed.current.at < PAUSE ? typed.current.text : ''
    if (letter === null) return before
    typed.current = { text: before + letter, at: now }
    return typed.current.text
  }, [])
}
