import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Place } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { placeBelow, selectedNodes } from './cards.ts'
import { copiedOf } from './copied.ts'
import type { Editing } from './useEditing.ts'
import { type LastCopied, type TextClipboard, useTextClipboard } from './useTextClipboard.ts'

type Yaml = typeof import('../../../rules/yaml.ts')

const LAST_COPIED: LastCopied = { text: '' }

export type Clipboard = TextClipboard<Place>

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
    say(text('canvas.copied'))
    return yaml.current?.ruleToYaml(part) ?? JSON.stringify(part)
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

  return useTextClipboard(view, {
    copied,
    paste,
    placeHere: useCallback(() => placeFor(rule, focus.store.get().current ?? 'start:'), [rule, focus, placeFor]),
    remove: useCallback(() => act('remove'), [act]),
    last: LAST_COPIED,
  })
}
