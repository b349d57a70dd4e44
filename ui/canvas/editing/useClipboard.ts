import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Place } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { placeBelow, selectedNodes } from './cards.ts'
import { copiedOf } from './copied.ts'
import type { Editing } from './useEditing.ts'

type Yaml = typeof import('../../../rules/yaml.ts')

/** What was copied last on this page, for where the browser does not give the clipboard away. */
let lastCopied = ''

export type Clipboard = {
  readonly copy: () => void
  readonly cut: () => void
  /** Puts the rule in the clipboard at a place; says why where there is none. */
  readonly pasteAt: (place: Place) => void
}

/**
 * Copies what is selected as YAML text, and pastes such text: between places, segments and windows, and to and from a
 * mail. Takes the browser's own copy, cut and paste while the focus is on the rule.
 * @param view what the cards or lines stand in
 * @param placeFor where what is pasted on a card goes; below it when left out
 */
export function useClipboard(
  view: RefObject<HTMLElement | null>,
  focus: CanvasFocus,
  editing: Editing,
  placeFor: (rule: Rule, card: string) => Place = placeBelow,
): Clipboard {
  const text = useText()
  const yaml = useRef<Yaml>(undefined)
  const { rule, run, say, act } = editing

  // The clipboard asks for its text at once, so what writes it must be there before.
  useEffect(() => {
    void import('../../../rules/yaml.ts').then((module) => {
      yaml.current = module
    })
  }, [])

  const copied = useCallback((): string | undefined => {
    const part = copiedOf(rule, selectedNodes(focus.store.get()))
    if (!part) return undefined
    // JSON is YAML, too.
    lastCopied = yaml.current?.ruleToYaml(part) ?? JSON.stringify(part)
    say(text('canvas.copied'))
    return lastCopied
  }, [rule, focus, say, text])

  const paste = useCallback(
    async (pasted: string, place: Place): Promise<void> => {
      const { ruleFromYaml } = yaml.current ?? (await import('../../../rules/yaml.ts'))
      const read = pasted.trim() === '' ? { mistakes: [] } : ruleFromYaml(pasted)
      if ('rule' in read) {
        run({ kind: 'paste', place, rule: read.rule })
        return
      }
      const [first] = read.mistakes
      if (first)
        say(text('canvas.paste.wrong', { line: first.line, column: first.column, message: first.message }), true)
      else say(text('canvas.paste.nothing'), true)
    },
    [run, say, text],
  )

  useEffect(() => {
    /** Whether the focus is on the rule, and not in a field. */
    const isHere = (): boolean => {
      const active = document.activeElement
      return active instanceof HTMLElement && active.matches('[data-card]') && view.current?.contains(active) === true
    }
    const onCopy = (event: ClipboardEvent): void => {
      const content = isHere() ? copied() : undefined
      if (content === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', content)
      if (event.type === 'cut') act('remove')
    }
    const onPaste = (event: ClipboardEvent): void => {
      if (!isHere()) return
      event.preventDefault()
      const place = placeFor(rule, focus.store.get().current ?? 'start:')
      void paste(event.clipboardData?.getData('text/plain') ?? '', place)
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [view, focus, rule, copied, act, paste, placeFor])

  const copy = useCallback((): boolean => {
    const content = copied()
    // Without permission it is still pasted on this page.
    if (content !== undefined) void navigator.clipboard?.writeText(content).catch(() => undefined)
    return content !== undefined
  }, [copied])

  return {
    copy: () => void copy(),
    cut: () => {
      if (copy()) act('remove')
    },
    pasteAt: (place) => {
      const content = navigator.clipboard?.readText().catch(() => lastCopied) ?? Promise.resolve(lastCopied)
      void content.then((found) => paste(found === '' ? lastCopied : found, place))
    },
  }
}
