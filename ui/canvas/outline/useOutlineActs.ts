import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { type Act, actOfKey } from '../editing/keys.ts'
import type { Editing } from '../editing/useEditing.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import type { Folding } from '../useFolding.ts'
import { findTyped, treeStep } from './keys.ts'
import type { OpenMenu } from './LineMenu.tsx'
import { lineName } from './lineName.ts'
import { cardOf, indexOf, type NodeLine, type OutlineLine } from './lines.ts'
import type { OutlineActs } from './outlineContext.ts'
import { placeBeside } from './places.ts'
import { useTyping } from './useTyping.ts'

type Options = {
  outline: RefObject<HTMLElement | null>
  lines: readonly OutlineLine[]
  words: WordOptions
  folding: Folding
  focus: CanvasFocus
  editing: Editing
  setMenu: (menu: OpenMenu | null) => void
  onLeave: () => void
}

/** What clicks and keys do on the lines of an outline; always the same functions, so that lines are not drawn again. */
export function useOutlineActs(options: Options): OutlineActs {
  const text = useText()
  const typed = useTyping()
  const latest = useRef({ ...options, text })
  useEffect(() => {
    latest.current = { ...options, text }
  })
  return useMemo(() => {
    const now = () => latest.current

    const go = (line: OutlineLine, how: 'alone' | 'extend' = 'alone'): void => {
      const card = cardOf(line)
      focusLine(now().outline.current, card)
      now().focus.onSelect(card, how)
    }
    const fold = (line: NodeLine): void => {
      const { folding } = now()
      if (line.open) folding.fold(line.path)
      else folding.unfold(line.path)
    }
    /** `stay`: the form that opens leaves the focus on the line. */
    const open = (line: OutlineLine, field?: string, stay = false): void => {
      const { focus, editing } = now()
      if (line.kind === 'condition') {
        focus.onActivate(cardOf(line), field, stay)
        // Where the form comes up over the outline, its line stays in sight.
        requestAnimationFrame(() =>
          lineElement(now().outline.current, cardOf(line))?.scrollIntoView({ block: 'nearest' }),
        )
      } else focus.onSelect(cardOf(line), 'alone')
      if (line.kind === 'add') editing.addAt(line.place)
    }
    const openMenu = (line: NodeLine, at: Element): void => {
      const { outline, focus, words, setMenu } = now()
      const around = outline.current?.getBoundingClientRect()
      if (!around || !outline.current) return
      focus.onSelect(cardOf(line), 'alone')
      const box = at.getBoundingClientRect()
      const y = box.top - around.top + outline.current.scrollTop
      setMenu({ line, name: lineName(line, words, now().text), x: box.right - around.left, y })
    }
    const type = (line: OutlineLine, letter: string): void => {
      const { lines, words } = now()
      const said = lines.map((one) => lineName(one, words, now().text))
      const found = lines[findTyped(said, indexOf(lines, line), typed(letter))]
      if (found) go(found)
    }

    /** @returns whether the key was one of the tree's */
    const step = (line: OutlineLine, key: string, extend: boolean): boolean => {
      const { lines, folding } = now()
      const next = treeStep(lines, indexOf(lines, line), key)
      if (next?.act === 'go') go(next.to, extend ? 'extend' : 'alone')
      else if (next) (next.act === 'open' ? folding.unfold : folding.fold)(next.path)
      return next !== undefined
    }
    /** With nothing selected, a command is for the line that has the focus. */
    const run = (line: OutlineLine, act: Act): void => {
      const { focus, editing } = now()
      if (focus.store.get().selected === null) focus.onSelect(cardOf(line), 'alone')
      if (line.kind === 'add' && (act === 'add' || act === 'above')) editing.addAt(line.place)
      else if (act === 'add') editing.addAt(placeBeside(editing.rule, line.path, 'after'))
      else if (act === 'above') editing.addAt(placeBeside(editing.rule, line.path, 'before'))
      else editing.act(act)
    }
    /** @returns whether the key was one of ours */
    const press = (line: OutlineLine, event: KeyboardEvent): boolean => {
      const { key } = event
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey
      const act = actOfKey(event.nativeEvent)
      const letter = plain && [...key].length === 1
      // Once some letters are typed, the next ones are no commands.
      if (letter && typed(null) !== '') type(line, key)
      else if (act) run(line, act)
      else if (!plain) return false
      else if (step(line, key, event.shiftKey)) return true
      else if (key === 'Enter' || key === ' ') {
        if (line.kind === 'group') fold(line)
        else open(line)
      } else if (key === 'Escape') now().onLeave()
      else if (letter) type(line, key)
      else return false
      return true
    }
    return {
      run,
      fold,
      openMenu,
      onClick: (line, { field, toggles }) => {
        if (toggles) now().focus.onSelect(cardOf(line), 'toggle')
        else open(line, field, field === undefined)
      },
      onKey: (line, event) => {
        if (event.target === event.currentTarget && press(line, event)) event.preventDefault()
      },
    }
  }, [typed])
}

/** Puts the focus on a line. */
export const focusLine = (outline: HTMLElement | null, card: string | null): void => lineElement(outline, card)?.focus()

const lineElement = (outline: HTMLElement | null, card: string | null): HTMLElement | null | undefined =>
  outline?.querySelector<HTMLElement>(`[role="treeitem"][data-card="${CSS.escape(card ?? '')}"]`)
