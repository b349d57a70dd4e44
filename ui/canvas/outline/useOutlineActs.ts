import { type KeyboardEvent, type RefObject, useMemo } from 'react'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import type { Folding } from '../useFolding.ts'
import { findTyped, treeStep } from './keys.ts'
import { lineName } from './lineName.ts'
import { cardOf, type NodeLine, type OutlineLine } from './lines.ts'
import type { Outline } from './outlineContext.ts'
import { useTyping } from './useTyping.ts'

type Options = {
  tree: RefObject<HTMLElement | null>
  lines: readonly OutlineLine[]
  words: WordOptions
  folding: Folding
  focus: CanvasFocus
  onLeave: () => void
}

/** What clicks and keys do on the lines of an outline. */
export function useOutlineActs(options: Options): Pick<Outline, 'activate' | 'fold' | 'onKey'> {
  const { tree, lines, words, folding, focus, onLeave } = options
  const text = useText()
  const typed = useTyping()
  return useMemo(() => {
    const select = (line: OutlineLine): void => {
      const card = cardOf(line)
      focus.store.set({ ...focus.store.get(), current: card, selected: card })
    }
    const go = (line: OutlineLine): void =>
      tree.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(cardOf(line))}"]`)?.focus()
    const fold = (line: NodeLine): void => {
      if (line.open) folding.fold(line.path)
      else folding.unfold(line.path)
    }
    const activate = (line: OutlineLine, field: string | undefined): void => {
      if (line.kind === 'condition') focus.onActivate(cardOf(line), field)
      else select(line)
    }
    const type = (line: OutlineLine, letter: string): void => {
      const said = lines.map((one) => lineName(one, words, text))
      const found = lines[findTyped(said, lines.indexOf(line), typed(letter))]
      if (found) go(found)
    }
    /** @returns whether the key was one of the outline's */
    const press = (line: OutlineLine, key: string): boolean => {
      const step = treeStep(lines, lines.indexOf(line), key)
      if (step?.act === 'go') go(step.to)
      else if (step) (step.act === 'open' ? folding.unfold : folding.fold)(step.path)
      else if (key === 'Enter' || (key === ' ' && typed(null) === '')) {
        if (line.kind === 'group') fold(line)
        else activate(line, undefined)
      } else if (key === 'Escape') onLeave()
      else if ([...key].length === 1) type(line, key)
      else return false
      return true
    }
    const onKey = (line: OutlineLine, event: KeyboardEvent): void => {
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
      if (press(line, event.key)) event.preventDefault()
    }
    return { activate, fold, onKey }
  }, [tree, lines, words, folding, focus, onLeave, text, typed])
}
