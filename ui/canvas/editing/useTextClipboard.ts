import { type RefObject, useCallback, useEffect } from 'react'

export type TextClipboard<Place> = {
  readonly copy: () => void
  readonly cut: () => void
  /** Puts what is in the clipboard at a place; says why where it can't be. */
  readonly pasteAt: (place: Place) => void
}

/** What was copied last on a page, for where the browser does not give the clipboard away. */
export type LastCopied = { text: string }

type Parts<Place> = {
  /** The text of what is selected, said to be copied; undefined where nothing is. */
  readonly copied: () => string | undefined
  readonly paste: (text: string, place: Place) => Promise<void>
  /** Where what is pasted on the card with the focus goes. */
  readonly placeHere: () => Place
  readonly remove: () => void
  readonly last: LastCopied
}

/**
 * Copies a part of a tree as text and pastes such text. Takes the browser's own copy, cut and paste while the focus is on a
 * card, and not in a field.
 * @param view what the cards or lines stand in
 * @param parts functions that stay the same as long as what they work with does
 */
export function useTextClipboard<Place>(
  view: RefObject<HTMLElement | null>,
  { copied, paste, placeHere, remove, last }: Parts<Place>,
): TextClipboard<Place> {
  const take = useCallback((): string | undefined => {
    const content = copied()
    if (content !== undefined) last.text = content
    return content
  }, [copied, last])

  useEffect(() => {
    const isHere = (): boolean => {
      const active = document.activeElement
      return active instanceof HTMLElement && active.matches('[data-card]') && view.current?.contains(active) === true
    }
    const onCopy = (event: ClipboardEvent): void => {
      const content = isHere() ? take() : undefined
      if (content === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', content)
      if (event.type === 'cut') remove()
    }
    const onPaste = (event: ClipboardEvent): void => {
      if (!isHere()) return
      event.preventDefault()
      void paste(event.clipboardData?.getData('text/plain') ?? '', placeHere())
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [view, take, paste, placeHere, remove])

  const copy = useCallback((): boolean => {
    const content = take()
    // Without permission it is still pasted on this page.
    if (content !== undefined) void navigator.clipboard?.writeText(content).catch(() => undefined)
    return content !== undefined
  }, [take])

  return {
    copy: () => void copy(),
    cut: () => {
      if (copy()) remove()
    },
    pasteAt: (place) => {
      const content = navigator.clipboard?.readText().catch(() => last.text) ?? Promise.resolve(last.text)
      void content.then((found) => paste(found === '' ? last.text : found, place))
    },
  }
}
