import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Automation, Step } from '../../../rules/automations/automation.ts'
import type { Place } from '../../../rules/automations/commands.ts'
import { outermost } from '../../../rules/automations/edits/sequences.ts'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { useText } from '../../shared/useText.tsx'
import { isAutomation } from '../keeping/isAutomation.ts'
import { placeBelow, selectedSteps } from './places.ts'
import type { AutomationEditing } from './useAutomationEditing.ts'

/** What was copied last on this page, for where the browser does not give the clipboard away. */
let lastCopied = ''

export type StepClipboard = {
  readonly copy: () => void
  readonly cut: () => void
  /** Puts the steps in the clipboard at a place; says why where there are none. */
  readonly pasteAt: (place: Place) => void
}

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
    lastCopied = yaml.current?.stepsToYaml(steps) ?? JSON.stringify({ then: steps })
    say(text('automation.copied'))
    return lastCopied
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

  useEffect(() => {
    /** Whether the focus is on a card, and not in a field. */
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
      const place = placeBelow(automation, focus.store.get().current ?? 'when:')
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
  }, [view, focus, automation, copied, act, paste])

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
