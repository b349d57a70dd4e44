import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Automation, Step } from '../../../rules/automations/automation.ts'
import type { Place } from '../../../rules/automations/commands.ts'
import { outermost } from '../../../rules/automations/edits/sequences.ts'
import { type LastCopied, type TextClipboard, useTextClipboard } from '../../canvas/editing/useTextClipboard.ts'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { useText } from '../../shared/useText.tsx'
import { isAutomation } from '../keeping/isAutomation.ts'
import { placeBelow, selectedSteps } from './places.ts'
import type { AutomationEditing } from './useAutomationEditing.ts'

const LAST_COPIED: LastCopied = { text: '' }

export type StepClipboard = TextClipboard<Place>

type Yaml = typeof import('../../../rules/automations/yaml.ts')

async function stepsIn(text: string, { scope }: Pick<Automation, 'scope'>): Promise<readonly Step[] | undefined> {
  const { readYaml } = await import('../../../rules/yaml/read.ts')
  const read = readYaml(text)
  const json = 'documents' in read ? read.documents[0]?.json : undefined
  const then = typeof json === 'object' && json !== null && 'then' in json ? json.then : json
  const whole = { scope, when: { on: 'by_hand' }, again: 'never', then }
  return isAutomation(whole) ? whole.then : undefined
}

/**
 * Copies what is selected as text, and pastes such text: between places, automations and windows. Takes the browser's own
 * copy, cut and paste while the focus is on the automation.
 * @param view what the cards or lines stand in
 */
export function useStepClipboard(
  view: RefObject<HTMLElement | null>,
  focus: CanvasFocus,
  editing: AutomationEditing,
): StepClipboard {
  const text = useText()
  const yaml = useRef<Yaml>(undefined)
  const { automation, paste: put, say, act } = editing

  // The clipboard asks for its text at once, so what writes it must be there before.
  useEffect(() => {
    void import('../../../rules/automations/yaml.ts').then((module) => {
      yaml.current = module
    })
  }, [])

  const copied = useCallback((): string | undefined => {
    const steps = outermost(automation, selectedSteps(focus.store.get()))
    if (steps.length === 0) return undefined
    // JSON is YAML, too.
    say(text('automation.copied'))
    return yaml.current?.stepsToYaml(steps) ?? JSON.stringify({ then: steps })
  }, [automation, focus, say, text])

  const paste = useCallback(
    async (pasted: string, place: Place): Promise<void> => {
      const steps = pasted.trim() === '' ? [] : await stepsIn(pasted, automation)
      if (steps === undefined) say(text('automation.paste.wrong'), true)
      else if (steps.length === 0) say(text('automation.paste.nothing'), true)
      else put(steps, place)
    },
    [automation, put, say, text],
  )

  return useTextClipboard(view, {
    copied,
    paste,
    placeHere: useCallback(() => placeBelow(automation, focus.store.get().current ?? 'when:'), [automation, focus]),
    remove: useCallback(() => act('remove'), [act]),
    last: LAST_COPIED,
  })
}
