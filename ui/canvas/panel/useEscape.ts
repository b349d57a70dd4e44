import { type RefObject, useEffect } from 'react'

/** Escape in a part of the page; open lists of choices in it are closed first. */
export function useEscape(element: RefObject<HTMLElement | null>, onEscape: () => void): void {
  useEffect(() => {
    const within = element.current
    const onKeyDown = (event: KeyboardEvent): void => {
      // an open list of choices is closed first; closed ones are there, too, but not to be seen
      const lists = [...(within?.querySelectorAll('[role="listbox"]') ?? [])]
      if (event.key === 'Escape' && !lists.some((list) => list.checkVisibility())) onEscape()
    }
    within?.addEventListener('keydown', onKeyDown)
    return () => within?.removeEventListener('keydown', onKeyDown)
  }, [element, onEscape])
}
